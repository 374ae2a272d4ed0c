"""Case handling by the departments: inbox, return for correction, decision."""
