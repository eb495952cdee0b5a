CREATE TABLE `gift_count` (
	`rule_id` bigint unsigned NOT NULL,
	`part` int NOT NULL,
	`given_orders` int NOT NULL,
	CONSTRAINT `gift_count_rule_id_part_pk` PRIMARY KEY(`rule_id`,`part`)
);
--> statement-breakpoint
UPDATE `gift_rule` SET `given_orders` = (
  SELECT count(*) FROM `gift` WHERE `gift`.`rule_id` = `gift_rule`.`id` AND `gift`.`state` = 'given'
);
