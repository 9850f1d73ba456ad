// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/journalentry.h"
#include "core/domain/scan.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// Which scans a list shows; empty members match all.
struct ScanQuery
{
    QString status;
    QString scanType;
    QString text;
    double confidenceBelow = 0;
    int offset = 0;
    int limit = 200;
};

struct AddedScan
{
    domain::ScanId scan;
    domain::JobId job;
};

struct KnownImage
{
    QString fileName;
    domain::ScanId scan;
};

/// Scans and the pictures that were uploaded here. Every call blocks; it lives on the thread of
/// its connection.
class ScanStore
{
public:
    ScanStore(db::Connection& connection, const TableShape& shape, const base::Clock& clock);

    /// Adds the picture (unless it is elsewhere), the ImageScan, the Job and the journal entry, in
    /// one transaction. Invalid if the owner is not clear.
    base::Result<AddedScan> add(const domain::NewScan& scan, const domain::Actor& actor);
    /// Newest first.
    base::Result<QVector<domain::Scan>> list(const ScanQuery& query);
    base::Result<domain::Scan> scan(const domain::ScanId& id);
    /// The bytes behind an imageUrl of ours; Unsupported for any other address.
    base::Result<QByteArray> image(const QString& imageUrl);
    /// The possible owners of a new scan. Unsupported where none can be added at all.
    base::Result<domain::ScanOwners> owners();
    /// A picture with the same bytes, if one was uploaded before.
    base::Result<std::optional<KnownImage>> sameImage(const QByteArray& bytes);

private:
    base::Status mayAdd() const;
    base::Status addJobs(QVector<domain::Scan>& scans);

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
};

} // namespace queuedeck::store
