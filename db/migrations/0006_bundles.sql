CREATE TABLE `configuration_part` (
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`version` int NOT NULL,
	`part` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`part_version` int NOT NULL,
	`quantity` int NOT NULL,
	CONSTRAINT `configuration_part_configuration_version_part_pk` PRIMARY KEY(`configuration`,`version`,`part`)
);
--> statement-breakpoint
ALTER TABLE `configuration_item` ADD `in_bundles` int DEFAULT 0 NOT NULL;