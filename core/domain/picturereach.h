// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QStringList>

namespace queuedeck::domain {

/// Which pictures an engine may read, by how their address begins. Jobs with others are not
/// claimed: they are left to a processor that can. A value.
class PictureReach
{
public:
    /// Those that are stored in the database itself.
    PictureReach();
    /// Also those on the web, over https, or over http from one of `hosts` (HOST or HOST:PORT).
    static PictureReach web(const QStringList& hosts);
    /// All: where no other processor works, a job that cannot be run here is to fail with the
    /// reason.
    static PictureReach everything();

    /// Whether a job with this imageUrl may be taken.
    bool covers(const QString& imageUrl) const;
    /// In lower case; an empty one covers every address.
    const QStringList& beginnings() const { return m_beginnings; }

    bool operator==(const PictureReach&) const = default;

private:
    QStringList m_beginnings;
};

/// Whether a pending job waits for a processor that can fetch its picture, since an engine with
/// this reach leaves it alone.
bool waitsForAPicture(const JobDetail& detail, const PictureReach& reach);

} // namespace queuedeck::domain
