SELECT defaclrole, defaclnamespace, defaclobjtype, defaclacl FROM pg_default_acl
