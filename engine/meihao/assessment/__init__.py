"""Case -> Assessment: items, findings, grade, verdict; pure, exact, explained."""
