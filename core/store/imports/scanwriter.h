// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/imports/targetwriter.h"
#include "core/store/sqltext.h"

#include <memory>

namespace queuedeck::store {

/// Pictures at web addresses: an ImageScan and an image_extraction job for each line.
class ScanWriter final : public TargetWriter
{
public:
    static base::Result<std::unique_ptr<TargetWriter>> open(const ImportPlace& place);

    Verdicts writeRows(const QVector<domain::ImportRow>& rows) override;
    void settle(bool) override {}

private:
    explicit ScanWriter(const ImportPlace& place);

    base::Result<bool> isThere(const QString& scan);
    base::Status add(const domain::ImportRow& row, const QString& scan);

    const ImportPlace m_place;
    const SqlText& m_sql;
};

} // namespace queuedeck::store
