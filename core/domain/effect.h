// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace queuedeck::domain {

/// What an attempt writes besides its job, in the transaction that settles it: a handler returns it
/// as data, and the store applies it. `kind` says how (the store knows each kind by name), `target`
/// which row, `data` what to write if the attempt succeeded.
struct Effect
{
    QString kind;
    QString target;
    QJsonObject data = {};

    bool operator==(const Effect&) const = default;
};

} // namespace queuedeck::domain
