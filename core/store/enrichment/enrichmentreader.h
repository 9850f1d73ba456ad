// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/domain/enrichment.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

class EnrichedTable;

/// An enrichment with the application's row as stored before and after, for Undo.
struct StoredEnrichment
{
    domain::Enrichment enrichment;
    QString storedBefore; ///< null: that row was not written
    QString storedAfter;
};

/// Reads what jobs of customer_enrichment are about, and what they found. Every call blocks. Lives
/// on the thread of its connection.
class EnrichmentReader
{
public:
    EnrichmentReader(db::Connection& connection, const TableShape& shape);

    /// What a job is to enrich, as its rows are now. NotFound: there is no such product or
    /// customer; Invalid: they belong to different tenants; Unsupported: this database has no such
    /// table, or no place for what is found.
    base::Result<domain::EnrichmentSubject> subject(const domain::EnrichmentRequest& request);

    /// What a job found; none if it has not, or nothing is recorded here.
    base::Result<std::optional<domain::Enrichment>> ofJob(const domain::JobId& job);
    base::Result<std::optional<StoredEnrichment>> storedOfJob(const domain::JobId& job);

private:
    base::Status addProductFacts(const QString& product, QJsonObject& facts);
    base::Status addCustomerFacts(const QString& customer, QJsonObject& facts);
    base::Result<QJsonObject> setBefore(const domain::EnrichmentSubject& subject);

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
};

/// The row of {enrichment_columns} as a value.
QString compactJson(const QJsonObject& object);

} // namespace queuedeck::store
