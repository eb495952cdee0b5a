CREATE TABLE `sales_month` (
	`view` enum('channel','goods','both') NOT NULL,
	`month` varchar(7) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`source` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`item_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`sold_pieces` bigint NOT NULL,
	`returned_pieces` bigint NOT NULL,
	`gross` bigint NOT NULL,
	`returns` bigint NOT NULL,
	CONSTRAINT `sales_month_view_month_channel_source_configuration_item_code_pk` PRIMARY KEY(`view`,`month`,`channel`,`source`,`configuration`,`item_code`)
);

--> statement-breakpoint
INSERT INTO `sales_month` (`view`, `month`, `channel`, `source`, `configuration`, `item_code`, `sold_pieces`, `returned_pieces`, `gross`, `returns`)
SELECT `view`, left(`day`, 7), `channel`, `source`, `configuration`, `item_code`,
  sum(`sold_pieces`), sum(`returned_pieces`), sum(`gross`), sum(`returns`)
FROM `sales_day` GROUP BY 1, 2, 3, 4, 5, 6;
