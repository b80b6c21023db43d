"""What this campaign is and what its tables and forms hold: settings, schemas, forms, designs."""
