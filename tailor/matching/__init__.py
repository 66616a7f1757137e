"""A posting becomes what it asks for; a CV's lines become what answers it."""
