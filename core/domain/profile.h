// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/connectionrules.h"

#include <QDateTime>
#include <QJsonObject>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

/// A connection that was saved under a name. It never holds a password.
struct Profile
{
    QString id; ///< a uuid, which stays when the name changes
    ConnectionRules rules;
    QString address;         ///< as written, without the password
    QString page = {};       ///< "overview", "jobs", …; empty: Overview
    int interval = 0;        ///< seconds between two polls; 0: as usual
    QDateTime lastUsed = {}; ///< UTC; invalid: never
    /// What a file says about it that is not known here; written back as it was.
    QJsonObject more = {};

    bool operator==(const Profile&) const = default;
};

using Profiles = QVector<Profile>;

constexpr qsizetype kLongestProfileName = 80;

/// Why this cannot be the name of a connection; empty if it can. `others` are those already there.
base::Sentence nameProblem(const QString& name, const Profiles& others);
/// By its name, whatever its case; null if there is none.
const Profile* findProfile(const Profiles& profiles, const QString& name);
/// The name itself, else with the first free number: "shop 2".
QString freeName(const QString& wanted, const Profiles& others);

} // namespace queuedeck::domain
