CREATE TABLE `saved_view` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`owner` varchar(100) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`name` varchar(60) character set utf8mb4 collate utf8mb4_bin NOT NULL,
	`filters` json NOT NULL,
	`version` int NOT NULL DEFAULT 1,
	`changed_by` varchar(100) NOT NULL,
	`changed_at` datetime(6) NOT NULL,
	CONSTRAINT `saved_view_id` PRIMARY KEY(`id`),
	CONSTRAINT `saved_view_name` UNIQUE(`owner`,`name`)
);
--> statement-breakpoint
ALTER TABLE `sales_day` MODIFY COLUMN `view` enum('channel','goods','both') NOT NULL;--> statement-breakpoint
ALTER TABLE `task` MODIFY COLUMN `kind` enum('not_acknowledged','unknown_deal','held','shortage','no_route','rejected','unknown_outcome','cancel_unknown','failed','tracking_refused','unknown_carrier','undecodable','wms_unreachable','collection_failed','collection_gap','source_conflict','changed_too_late','late_line','exchange_requested','return_not_booked','claim_unanswered','ship_by_passed','stock_not_told','source_untold','shipment_unmatched','double_in_wms','missing_in_wms','surplus_in_wms','rest_not_sent','stock_low','alert_not_sent','source_quiet','sales_differ') NOT NULL;--> statement-breakpoint
INSERT INTO `sales_day` (`view`, `day`, `channel`, `source`, `configuration`, `item_code`, `sold_pieces`, `returned_pieces`, `gross`, `returns`)
SELECT 'both', `day`, `channel`, `source`, `configuration`, coalesce(`item_code`, ''),
  sum(if(`kind` = 'sale', `quantity`, 0)), sum(if(`kind` = 'reversal', `quantity`, 0)),
  sum(if(`kind` = 'reversal', 0, `amount`)), sum(if(`kind` = 'reversal', `amount`, 0))
FROM `sale` GROUP BY `day`, `channel`, `source`, `configuration`, coalesce(`item_code`, '');
