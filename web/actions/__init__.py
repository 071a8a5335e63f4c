"""The pages behind links in e-mails: they show on GET and act on POST, and need neither an account nor JavaScript."""
