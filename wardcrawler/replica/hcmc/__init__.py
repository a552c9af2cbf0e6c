"""Two wards and their district in Hồ Chí Minh City, invented: Liferay portals whose content can change."""
