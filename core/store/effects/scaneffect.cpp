// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/effects/scaneffect.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// The new state of a scan, and the old state of its job that it must match.
struct ScanMove
{
    QString scan, oldStatus, oldError, status, error, data;
};

ScanMove scanMove(const Move& move)
{
    const domain::Effect& effect = move.effects.front();
    ScanMove scan{effect.target, move.oldStatus, move.oldError, {}, {}, {}};
    scan.status = move.status == "pending"_L1 ? u"processing"_s : move.status;
    if (move.status == "failed"_L1)
        scan.error = move.error;
    if (move.status == "completed"_L1)
        scan.data = QString::fromUtf8(QJsonDocument(effect.data).toJson(QJsonDocument::Compact));
    return scan;
}

// Runs one statement on scans, with its parameters for either database.
class ScanStep
{
public:
    ScanStep(const EffectPlace& place, const QVector<ScanMove>& scans)
        : m_place(place)
        , m_scans(scans)
    {
    }

    base::Result<db::Rows> run(const Sql& sql) const
    {
        if (m_place.shape.dialect == db::Dialect::Sqlite) {
            const QVariant completedAt = timeValue(m_place.shape.scanForm, m_place.now);
            return m_place.connection.run(sql.text(), {{u"completedAt"_s, completedAt}}, table());
        }
        return m_place.connection.run(sql.text(), {{u"scans"_s, array(&ScanMove::scan)},
                                                   {u"oldStatuses"_s, array(&ScanMove::oldStatus)},
                                                   {u"oldErrors"_s, array(&ScanMove::oldError)},
                                                   {u"statuses"_s, array(&ScanMove::status)},
                                                   {u"errors"_s, array(&ScanMove::error)},
                                                   {u"data"_s, array(&ScanMove::data)}});
    }

private:
    db::Table table() const
    {
        db::Table table{
            u"queuedeck_moving"_s,
            {u"id"_s, u"old_status"_s, u"old_error"_s, u"status"_s, u"error"_s, u"data"_s}};
        for (const ScanMove& scan : m_scans)
            table.addRow(scan.scan, scan.oldStatus, scan.oldError, scan.status, scan.error,
                         scan.data);
        return table;
    }

    QString array(QString ScanMove::*member) const
    {
        QStringList texts;
        for (const ScanMove& scan : m_scans)
            texts += scan.*member;
        return db::arrayLiteral(texts);
    }

    const EffectPlace& m_place;
    const QVector<ScanMove>& m_scans;
};

bool mayWrite(const TableShape& shape)
{
    return shape.scan.exists && shape.scan.isPlain && shape.mayChangeScans;
}
} // namespace

std::optional<domain::Effect> ScanEffect::effectOf(const QByteArray& payload) const
{
    const QString scan = QJsonDocument::fromJson(payload).object().value("scanId"_L1).toString();
    if (scan.isEmpty())
        return {};
    return domain::Effect{kind(), scan};
}

base::Result<QVector<EffectImage>> ScanEffect::follow(const EffectPlace& place,
                                                      const QVector<Move>& moves) const
{
    QVector<ScanMove> wanted;
    for (const Move& move : moves) {
        if (mayWrite(place.shape) && place.shape.canBeScanId(move.effects.front().target))
            wanted += scanMove(move);
    }
    if (wanted.isEmpty())
        return QVector<EffectImage>();
    const auto found = ScanStep(place, wanted).run(place.sql.scans.scansToMove);
    if (!found)
        return found.error();
    const int first = place.shape.dialect == db::Dialect::Sqlite ? 0 : 1; // the first number
    QVector<ScanMove> moving;
    QHash<QString, QString> befores;
    for (size_t i = 0; i < found->size(); ++i) {
        const ScanMove& scan = wanted[(*found)[i].integer(0) - first];
        if (!befores.contains(scan.scan))
            moving += scan;
        befores.insert(scan.scan, (*found)[i].text(1));
    }
    if (moving.isEmpty())
        return QVector<EffectImage>();
    const auto moved = ScanStep(place, moving).run(place.sql.scans.moveScans);
    if (!moved)
        return moved.error();
    QVector<EffectImage> images;
    for (size_t i = 0; i < moved->size(); ++i) {
        const QString id = (*moved)[i].text(0);
        images.push_back({id, befores.value(id), (*moved)[i].text(1)});
    }
    return images;
}

base::Result<QStringList> ScanEffect::restore(const EffectPlace& place,
                                              const QVector<EffectImage>& images) const
{
    QStringList restored;
    if (!mayWrite(place.shape))
        return restored;
    const auto done = runOnImages(place, place.sql.scans.restoreScans, images);
    if (!done)
        return done.error();
    for (size_t i = 0; i < done->size(); ++i)
        restored += (*done)[i].text(0);
    return restored;
}

} // namespace queuedeck::store
