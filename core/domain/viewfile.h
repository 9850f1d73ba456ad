// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/savedview.h"

#include <QByteArray>
#include <QJsonArray>

namespace queuedeck::domain {

/// The file of saved views, as a value: what it holds, and what of it is not known here, so that
/// writing it again loses nothing. A file that is exported has the same form.
///
///     {"version": 1, "views": [{"id": "…", "name": "Timeouts", "query": "error:timeout age<2d",
///       "connection": "0123456789abcdef", "columns": ["0:112:0"], "intervalSeconds": 5,
///       "counted": true}]}
struct ViewFile
{
    static constexpr int kVersion = 1;

    SavedViewList views;
    int version = kVersion;
    QJsonArray unreadable; ///< entries without a name or with a filter that is not understood
    QJsonObject more;      ///< other keys of the document

    /// Written by a program that may know better: it is used and not changed.
    bool isNewer() const { return version > kVersion; }
};

/// Invalid: it is not such a document, with what is wrong.
base::Result<ViewFile> viewsFromJson(const QByteArray& bytes);
QByteArray viewsToJson(const ViewFile& file);

} // namespace queuedeck::domain
