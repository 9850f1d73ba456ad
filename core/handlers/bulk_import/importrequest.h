// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/importsink.h"
#include "core/handlers/bulk_import/columnmapping.h"
#include "core/handlers/bulk_import/importvalues.h"
#include "core/tabular/tablereader.h"

#include <QJsonObject>

namespace queuedeck::handlers {

/// What a payload of bulk_import asks for.
struct ImportRequest
{
    QString batch; ///< of ImportBatch; then the file and what it holds are taken from there
    QString file;  ///< below the folder of imports
    std::optional<domain::ImportTarget> target;
    ColumnMapping mapping; ///< what differs from the proposal
    QString tenant;
    QString user;
    tabular::TableOptions table;
    std::optional<bool> decimalComma; ///< not given: found out
    std::optional<bool> dayFirst;
    bool mayUpdate = true;
};

/// Invalid: neither a batch nor a file with what it holds; an encoding, separator or style that is
/// not known.
base::Result<ImportRequest> importRequestFrom(const QJsonObject& payload);
/// The payload of a request.
QJsonObject payloadOf(const ImportRequest& request);

} // namespace queuedeck::handlers
