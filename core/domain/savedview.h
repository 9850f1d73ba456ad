// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QJsonObject>
#include <QStringList>
#include <QVector>

namespace queuedeck::domain {

/// A filter under a name, with what is shown along with it.
struct SavedView
{
    QString id = {}; ///< a uuid, which stays when the name changes; that of a preset never does
    base::Sentence name = {};
    QString query = {};       ///< a valid filter
    QString connection = {};  ///< service::SessionInfo::key; empty: for every connection
    QStringList columns = {}; ///< of the list, as the window keeps them; empty: as they are
    int interval = 0;         ///< seconds between two polls; 0: as it is
    bool isCounted = true;    ///< a live count beside its name
    bool fromOldest = false;  ///< the end of the list is shown first
    /// What a file says about it that is not known here; written back as it was.
    QJsonObject more = {};

    bool isPreset() const { return id.startsWith(QLatin1StringView("preset-")); }
    bool operator==(const SavedView&) const = default;
};

using SavedViewList = QVector<SavedView>;

/// Those that every connection has: failed within the hour, stuck, dead, oldest pending.
const SavedViewList& presetViews();

/// Presets, then those of this connection and of every one, in the order in which they were saved.
SavedViewList viewsFor(const SavedViewList& saved, const QString& connection);
/// By its name, whatever its case; null if there is none.
const SavedView* findView(const SavedViewList& views, const QString& name);
/// Why this cannot be the name of a view of that connection; empty if it can. `others` are those
/// already there.
base::Sentence viewNameProblem(const QString& name, const QString& connection,
                               const SavedViewList& others);
/// The name itself, else with the first free number: "Timeouts 2".
QString freeViewName(const QString& wanted, const QString& connection, const SavedViewList& others);

} // namespace queuedeck::domain
