-- A year of a programme, up to :now. The same every time. See year.py.

SELECT setseed(0.5);

INSERT INTO users (id, name, email, roles, state, tz, slack_team_id, slack_user_id, created_at)
SELECT md5('user ' || i)::uuid,
  (CAST(:first AS text[]))[1 + i % 20] || ' ' || (CAST(:last AS text[]))[1 + (i / 20 + i) % 20],
  'year' || i || '@example.org', CASE WHEN i > :students THEN '{mentor}' ELSE '{student}' END::text[],
  CASE WHEN i % 97 = 0 THEN 'left' ELSE 'active' END, 'Europe/Amsterdam', 'T0YEAR',
  CASE WHEN i % 11 > 0 THEN 'U9' || i END, CAST(:now AS timestamptz) - interval '1 year' * random()
FROM generate_series(1, :students + :mentors) i;

INSERT INTO mentorship_profiles (id, user_id, role, headline, goals, industries, skills, languages, location,
  max_mentees, content_hash, created_at, paused_until)
SELECT md5('profile ' || i)::uuid, md5('user ' || i)::uuid, CASE WHEN i > :students THEN 'mentor' ELSE 'student' END,
  (ARRAY['Biology student who codes', 'Data scientist in pharma', 'Founder of a small studio'])[1 + i % 3],
  (CAST(:help AS text[]))[1 + i % 3], ARRAY[(ARRAY['Biotechnology', 'Energy', 'Finance', 'Software'])[1 + i % 4]],
  ARRAY['Python', 'Statistics'], ARRAY['English'], (ARRAY['Rotterdam', 'Utrecht', 'Delft'])[1 + i % 3],
  1 + i % 4, '', CAST(:now AS timestamptz) - interval '1 year' * random(),
  CASE WHEN i > :students AND i % 13 = 0 THEN CAST(:now AS timestamptz) + interval '20 days' END
FROM generate_series(1, :students + :mentors) i;

INSERT INTO cohorts (id, name) VALUES (md5('cohort')::uuid, 'Spring 2030');

INSERT INTO mentorship_requests (id, student_id, cohort_id, wish, state, waves_used, next_step, next_step_at,
  created_at, closed_at)
SELECT md5('request ' || i)::uuid, md5('user ' || i)::uuid, CASE WHEN i % 3 = 0 THEN md5('cohort')::uuid END,
  (CAST(:wishes AS text[]))[1 + i % 3], state, 1 + i % 3,
  CASE state WHEN 'offered' THEN 'answer' WHEN 'waiting' THEN 'retry' WHEN 'staff' THEN 'staff' ELSE 'none' END,
  CASE WHEN state IN ('offered', 'waiting', 'staff') THEN CAST(:now AS timestamptz) + interval '2 days' END, asked,
  CASE WHEN state IN ('matched', 'cancelled') THEN asked + interval '3 days' END
FROM (
  SELECT i, CASE WHEN i <= :matches THEN 'matched' ELSE
      (ARRAY['offered', 'waiting', 'staff', 'cancelled', 'cancelled'])[1 + i % 5] END AS state,
    CAST(:now AS timestamptz) - interval '1 year' * power(random(), 1.3) AS asked
  FROM generate_series(1, :requests) i
) AS made;

INSERT INTO match_batches (id, request_id, student_id, wave, state, deadline, model, weights_version,
  index_version, inputs, created_at)
SELECT md5('batch ' || id)::uuid, id, student_id, waves_used,
  CASE state WHEN 'matched' THEN 'accepted' WHEN 'offered' THEN 'open' ELSE 'failed' END,
  created_at + interval '3 days', 'year', 0, 'year', '{}', created_at
FROM mentorship_requests;

INSERT INTO match_offers (id, batch_id, request_id, student_id, mentor_id, rank, score, criteria, state,
  decline_reason, deadline, created_at, answered_at)
SELECT md5('offer ' || b.id || n)::uuid, b.id, b.request_id, b.student_id,
  md5('user ' || :students + 1 + (abs(hashtext(b.id::text)) + n * 7) % :mentors)::uuid, n, 92 - 9 * n, '[]',
  CASE b.state WHEN 'open' THEN 'open' WHEN 'accepted' THEN (ARRAY['accepted', 'taken', 'declined'])[n]
    ELSE (ARRAY['declined', 'expired', 'declined'])[n] END,
  CASE WHEN b.state <> 'open' AND n <> 2 AND NOT (b.state = 'accepted' AND n = 1)
    THEN (ARRAY['No time now', 'Not my field', 'Know this person', 'No time now', 'Other'])
      [1 + abs(hashtext(b.id::text)) % 5] END,
  b.deadline, b.created_at, CASE WHEN b.state <> 'open'
    THEN least(b.created_at + interval '1 day' * random() * 3, CAST(:now AS timestamptz)) END
FROM match_batches b, generate_series(1, 3) n;

INSERT INTO matches (id, student_id, mentor_id, request_id, offer_id, cohort_id, origin, state, score, criteria,
  started_at, created_at, goals, cadence_days, paused_until, ended_at)
SELECT md5('match ' || r.id)::uuid, r.student_id, o.mentor_id, r.id, o.id, r.cohort_id, 'batch', how.now, o.score,
  CAST(:criteria AS jsonb), o.answered_at, o.answered_at, 'Find out what comes after the degree.', 28,
  CASE WHEN how.now = 'paused' THEN CAST(:now AS timestamptz) + interval '9 days' END,
  CASE WHEN how.now IN ('completed', 'ended') THEN least(o.answered_at + interval '150 days', CAST(:now AS timestamptz)) END
FROM mentorship_requests r JOIN match_offers o ON o.request_id = r.id AND o.state = 'accepted',
  LATERAL (SELECT CASE WHEN o.answered_at < CAST(:now AS timestamptz) - interval '150 days'
    THEN (ARRAY['completed', 'ended', 'active'])[1 + abs(hashtext(r.id::text)) % 3]
    ELSE (ARRAY['active', 'active', 'active', 'paused'])[1 + abs(hashtext(r.id::text)) % 4] END AS now) AS how;

INSERT INTO match_health (id, match_id, state, causes, step, since, checked_at)
SELECT md5('health ' || id)::uuid, id, how, CASE WHEN how IN ('watch', 'at risk')
  THEN (CAST(:causes AS text[]))[1:CASE how WHEN 'watch' THEN 1 ELSE 2 END] ELSE '{}' END,
  CASE WHEN how IN ('watch', 'at risk') THEN 'Write to both, and ask when they meet next.' ELSE '' END,
  CAST(:now AS timestamptz) - interval '20 days' * random(), CAST(:now AS timestamptz)
FROM matches, LATERAL (SELECT CASE WHEN started_at > CAST(:now AS timestamptz) - interval '28 days' THEN 'too early'
  ELSE (ARRAY['healthy', 'healthy', 'healthy', 'healthy', 'watch', 'at risk'])[1 + abs(hashtext(id::text)) % 6]
  END AS how) AS judged
WHERE state IN ('active', 'paused');

INSERT INTO health_days (id, day, too_early, healthy, watch, at_risk)
SELECT md5('day ' || n)::uuid, CAST(:now AS date) - n, :matches * (0.15 - n / 4000.0) + n % 5,
  :matches * (0.35 - n / 1500.0) + n % 7, :matches * (0.08 - n / 8000.0) + n % 5, :matches * (0.09 - n / 7000.0) + n % 3
FROM generate_series(1, 365) n;

INSERT INTO mentorship_feedback (id, match_id, author_id, kind, rating, comment, shared, said_at)
SELECT md5('rating ' || id || n)::uuid, id, CASE WHEN n % 2 = 0 THEN student_id ELSE mentor_id END, 'survey',
  2 + abs(hashtext(id::text || n)) % 4, 'We talk about what comes next.', n = 1,
  least(started_at + interval '30 days' * (1 + n / 2), CAST(:now AS timestamptz))
FROM matches, generate_series(1, 2) n WHERE started_at < CAST(:now AS timestamptz) - interval '30 days';

INSERT INTO meeting_logs (id, match_id, state, starts_at, minutes, kind, closed_at)
SELECT md5('meeting ' || id || n)::uuid, id, 'held', started_at + interval '21 days' * n, 45, 'Video',
  started_at + interval '21 days' * n
FROM matches, generate_series(1, 6) n
WHERE n <= abs(hashtext(id::text)) % 7
  AND started_at + interval '21 days' * n < least(coalesce(ended_at, CAST(:now AS timestamptz)), CAST(:now AS timestamptz));

INSERT INTO quick_questions (id, student_id, claimer_id, question, topics, state, posted_at, opened_at, answered_at,
  rating, rated_at, closed_at, created_at)
SELECT md5('question ' || i)::uuid, md5('user ' || i)::uuid,
  CASE WHEN state IN ('claimed', 'answered') THEN md5('user ' || :students + 1 + i % :mentors)::uuid END,
  (CAST(:questions AS text[]))[1 + i % 3], ARRAY['Statistics'], state, asked, asked,
  CASE WHEN state = 'answered' THEN asked + interval '1 day' END,
  CASE WHEN state = 'answered' AND i % 4 > 0 THEN 3 + i % 3 END,
  CASE WHEN state = 'answered' AND i % 4 > 0 THEN asked + interval '2 days' END, NULL, asked
FROM (
  SELECT i, (ARRAY['answered', 'answered', 'claimed', 'open', 'answered'])[1 + i % 5] AS state,
    CAST(:now AS timestamptz) - interval '1 year' * random() AS asked
  FROM generate_series(1, :questions_asked) i
) AS made;

INSERT INTO question_claims (id, question_id, mentor_id, claimed_at, remind_at, ended_at, ending)
SELECT md5('claim ' || id)::uuid, id, claimer_id, posted_at + interval '10 hours' * random(),
  posted_at + interval '2 days', answered_at, CASE WHEN state = 'answered' THEN 'answered' END
FROM quick_questions WHERE claimer_id IS NOT NULL;

INSERT INTO notifications (id, recipient_id, kind, params, dedupe_key, state, channel, tries, not_before, sent_at,
  last_error, created_at)
SELECT md5('message ' || i)::uuid, md5('user ' || 1 + i % (:students + :mentors))::uuid,
  (ARRAY['request_status', 'offer', 'check_in', 'meeting_reminder', 'keepsake'])[1 + i % 5], '{}', 'year ' || i,
  CASE WHEN i % 200 = 0 THEN 'failed' ELSE 'sent' END, CASE WHEN i % 11 = 0 THEN 'email' ELSE 'slack' END,
  1 + (i % 50 = 0)::int, at, CASE WHEN i % 200 > 0 THEN at + interval '2 seconds' END,
  CASE WHEN i % 200 = 0 THEN 'user_disabled' END, at
FROM (SELECT i, CAST(:now AS timestamptz) - interval '1 year' * random() AS at
  FROM generate_series(1, :messages) i) AS made;

INSERT INTO audit_log (id, created_at, actor_id, actor_role, action, subject_kind, subject_id)
SELECT md5('line ' || i)::uuid, CAST(:now AS timestamptz) - interval '1 year' * random(),
  md5('user ' || i)::uuid, 'admin', (ARRAY['signed_in', 'exported'])[1 + i % 2], 'sign_in', NULL
FROM generate_series(1, 500) i;
