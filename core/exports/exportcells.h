// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/payloadmask.h"

#include <QTimeZone>

#include <memory>

namespace queuedeck::exports {

/// A column of a file: one of a job, or a place of its payload.
struct ExportCell
{
    domain::ExportColumn column = domain::ExportColumn::Id;
    int path = -1; ///< in ExportChoice::paths; -1: none
};

/// The cells of a table of jobs, as a choice has them: what CSV and workbooks have in common.
class ExportCells
{
public:
    explicit ExportCells(const domain::ExportChoice& choice);

    const QVector<ExportCell>& all() const { return m_cells; }
    /// "createdAt", "payload.uploader.email"; with the zone where times are written without it.
    QString title(const ExportCell& cell) const;

    /// Before the cells of a job are asked for; counts payloads that had to be hidden.
    void setJob(const domain::ExportedJob& job);
    /// The payload as a whole, masked; null if there is none.
    const QByteArray& payload() const { return m_payload; }
    /// The value of a place as it is written in JSON, masked: several make a list; empty if there
    /// is none.
    QByteArray valueAt(const ExportCell& cell) const;
    qint64 unread() const { return m_unread; }

private:
    const domain::ExportChoice m_choice;
    const domain::PayloadMask m_mask;
    QVector<ExportCell> m_cells;
    QVector<QStringList> m_steps;
    bool m_hasWhole = false;
    bool m_isJson = false;
    QByteArray m_stored;
    QByteArray m_payload;
    qint64 m_unread = 0;
};

/// Writes times in one zone. Not thread-safe.
class TimeTexts
{
public:
    TimeTexts(const QByteArray& zone, domain::ExportChoice::Times form);
    /// "2026-11-23T14:37:11.000Z", "…+01:00", or "2026-11-23 14:37:11"; nothing if invalid.
    void add(QByteArray& line, const QDateTime& time);
    QDateTime inZone(const QDateTime& time) const;

private:
    const QTimeZone m_zone;
    const bool m_isUtc;
    const bool m_isIso;
};

/// Seconds from one to the other; none if one is not known. Negative ones are 0: clocks differ.
std::optional<double> secondsBetween(const QDateTime& from, const QDateTime& to);

} // namespace queuedeck::exports
