"""How well two questions are told to ask the same: pairs whose answer is known, and a threshold chosen on half of them.

`questions.csv` was written for this. Each of its 38 families has five questions: three that ask the same in other
words, and two that ask something else, both the same, with the words of the three or about their topic. Two questions
are the same where an answer to one would do for the other. Details and topics are what a student might add, different
for each question. They were written before a model had read any of them.
"""
