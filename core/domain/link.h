// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace queuedeck::domain {

/// The scheme of links, which the package registers for the window.
inline const QString kLinkScheme = QStringLiteral("queuedeck");

/// A place in the window: queuedeck://open?connection=leora-production&page=jobs&job=… . It names a
/// saved connection, never an address, and can only show something, never change it: whoever sends
/// a link has none of the rights of the one who follows it.
struct Link
{
    QString connection;
    QString page = {};   ///< overview, jobs, scans, engine, diagnostics; empty: the usual one
    QString job = {};    ///< an id; shown on the page of jobs
    QString filter = {}; ///< of the page of jobs

    bool isEmpty() const { return connection.isEmpty(); }
    bool operator==(const Link&) const = default;
};

QStringList linkPages();
/// Invalid: what is wrong with it, without repeating more of it than a word.
base::Result<Link> linkFrom(const QString& text);
QString linkText(const Link& link);
/// Whether a text means to be such a link, whatever is wrong with it.
bool isLink(const QString& text);

} // namespace queuedeck::domain
