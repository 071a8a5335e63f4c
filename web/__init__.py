"""HTTP that is not Slack: the pages behind links in e-mails, those for staff, and the API for other systems."""
