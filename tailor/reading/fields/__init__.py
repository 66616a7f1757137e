"""CVs in formats with fields: JSON Resume, RenderCV, LinkedIn exports."""
