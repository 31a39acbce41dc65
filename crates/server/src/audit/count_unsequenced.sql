select count(*) from audit_entry where position is null
