"""HTTP that is not Slack: the pages behind links in e-mails."""
