-- What customer_enrichment reads and writes in the application's tables. Their columns are read
-- from the catalog first; the words of {enriched_…} name only those that exist: see EnrichedTable.

-- name: enrichedColumns
SELECT name, LOWER(type), '', NULL, 1, 1 FROM pragma_table_xinfo(:table) WHERE hidden = 0
ORDER BY cid

-- name: enrichedRow
SELECT {enriched_facts}, {enriched_version}, {enriched_image}, {enriched_tenant}
FROM {enriched_table} WHERE "id" = :id

-- name: enrichedSkus
SELECT {sku_facts} FROM {sku_table} WHERE "productId" = :id ORDER BY "code" LIMIT 20

-- name: boughtProducts
SELECT p."name" FROM {order_table} o JOIN {line_table} l ON l."orderId" = o."id"
JOIN {sku_table} s ON s."id" = l."skuId" JOIN {product_table} p ON p."id" = s."productId"
WHERE o."customerId" = :id GROUP BY p."name" ORDER BY COUNT(*) DESC, 1 LIMIT 20

-- Writes a row that is still as it was read, and returns it. Not RETURNING, which would show JSON that
-- was just written as JSON, and later as the text that it is.
-- name: writeEnriched
UPDATE {enriched_table} SET {enriched_assignments}
WHERE "id" = :id AND {enriched_guard} = :guard
;
SELECT {enriched_image} FROM {enriched_table} WHERE "id" = :id
