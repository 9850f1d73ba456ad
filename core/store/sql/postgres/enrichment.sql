-- What customer_enrichment reads and writes in the application's tables. Their columns are read
-- from the catalog first; the words of {enriched_…} name only those that exist: see EnrichedTable.

-- name: enrichedColumns
SELECT a.attname, t.typname, quote_ident(n.nspname) || '.' || quote_ident(t.typname),
    CASE WHEN t.typname IN ('varchar', 'bpchar') AND a.atttypmod > 4 THEN a.atttypmod - 4 END,
    COALESCE(has_column_privilege(a.attrelid, a.attnum, 'SELECT'), false)::int,
    COALESCE(has_column_privilege(a.attrelid, a.attnum, 'UPDATE'), false)::int
FROM pg_attribute a
JOIN pg_type t ON t.oid = a.atttypid
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
    AND a.attgenerated = ''
ORDER BY a.attnum

-- name: enrichedRow
SELECT {enriched_facts}::text, {enriched_version}::text, {enriched_image}::text, {enriched_tenant}
FROM {enriched_table} WHERE "id" = :id::{enriched_id_type}

-- name: enrichedSkus
SELECT {sku_facts}::text FROM {sku_table} WHERE "productId" = :id::{sku_product_type}
ORDER BY "code" LIMIT 20

-- name: boughtProducts
SELECT p."name" FROM {order_table} o JOIN {line_table} l ON l."orderId" = o."id"
JOIN {sku_table} s ON s."id" = l."skuId" JOIN {product_table} p ON p."id" = s."productId"
WHERE o."customerId" = :id::{order_customer_type}
GROUP BY p."name" ORDER BY COUNT(*) DESC, 1 LIMIT 20

-- Writes a row that is still as it was read; none is returned if it has changed.
-- name: writeEnriched
UPDATE {enriched_table} SET {enriched_assignments}
WHERE "id" = :id::{enriched_id_type} AND {enriched_guard} = :guard::jsonb
RETURNING {enriched_image}::text
