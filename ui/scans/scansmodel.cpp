// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/scansmodel.h"

#include "core/async/deliver.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {
namespace {
constexpr int kPage = 200;
constexpr QSize kThumbnail(42, 26);
} // namespace

ScansModel::ScansModel(service::ScanService& scans, QObject* parent)
    : QAbstractListModel(parent)
    , m_service(scans)
{
}

void ScansModel::setFilter(const service::ScanFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    ++m_generation;
    m_isAsking = false;
    m_isLast = true;
    ask(0, kPage);
}

void ScansModel::refresh()
{
    if (m_isAsking) {
        m_askAgain = true;
        return;
    }
    const int loaded = int(m_scans.size());
    ask(0, qMax(kPage, (loaded + kPage - 1) / kPage * kPage));
}

void ScansModel::ask(int offset, int limit)
{
    m_isAsking = true;
    m_askAgain = false;
    async::deliver(m_service.page(m_filter, offset, limit), this,
                   [this, offset, limit,
                    generation = m_generation](const base::Result<service::ScanPage>& page) {
                       if (generation != m_generation)
                           return;
                       m_isAsking = false;
                       if (page)
                           take(offset, limit, *page);
                       else
                           Q_EMIT failed(page.error());
                       if (m_askAgain)
                           refresh();
                   });
}

void ScansModel::take(int offset, int limit, const service::ScanPage& page)
{
    Q_EMIT aboutToChange();
    if (offset == 0) {
        merge(page.scans);
    } else if (offset == m_scans.size()) {
        QVector<domain::Scan> fresh; // rows may have slid down into this page meanwhile
        for (const domain::Scan& scan : page.scans) {
            if (rowOf(scan.id) < 0)
                fresh += scan;
        }
        if (!fresh.isEmpty()) {
            beginInsertRows({}, offset, offset + int(fresh.size()) - 1);
            m_scans += fresh;
            endInsertRows();
        }
    }
    m_isLast = page.isLast || page.scans.size() < limit;
    m_isLoaded = true;
    Q_EMIT read();
}

void ScansModel::removeMissing(const QVector<domain::Scan>& scans)
{
    QSet<domain::ScanId> stay;
    for (const domain::Scan& scan : scans)
        stay += scan.id;
    for (int last = int(m_scans.size()) - 1; last >= 0; --last) {
        if (stay.contains(m_scans[last].id))
            continue;
        int first = last;
        while (first > 0 && !stay.contains(m_scans[first - 1].id))
            --first;
        beginRemoveRows({}, first, last);
        m_scans.remove(first, last - first + 1);
        endRemoveRows();
        last = first;
    }
}

void ScansModel::merge(const QVector<domain::Scan>& scans)
{
    removeMissing(scans);
    QSet<domain::ScanId> here;
    for (const domain::Scan& scan : std::as_const(m_scans))
        here += scan.id;
    for (int row = 0; row < scans.size(); ++row) {
        const domain::Scan& scan = scans[row];
        if (row < m_scans.size() && m_scans[row].id == scan.id) {
            if (m_scans[row] != scan) {
                m_scans[row] = scan;
                Q_EMIT dataChanged(index(row), index(row));
            }
            continue;
        }
        if (here.contains(scan.id)) { // its place changed: take it out of the old one
            const int old = rowOf(scan.id);
            beginRemoveRows({}, old, old);
            m_scans.remove(old);
            endRemoveRows();
        }
        int last = row; // a run of new rows goes in at once
        while (last + 1 < scans.size() && !here.contains(scans[last + 1].id))
            ++last;
        beginInsertRows({}, row, last);
        for (int at = row; at <= last; ++at)
            m_scans.insert(at, scans[at]);
        endInsertRows();
        row = last;
    }
    if (!m_scans.isEmpty()) // the ages keep growing
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {AgeRole});
}

int ScansModel::rowOf(const domain::ScanId& id) const
{
    for (int row = 0; row < m_scans.size(); ++row) {
        if (m_scans[row].id == id)
            return row;
    }
    return -1;
}

int ScansModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_scans.size());
}

bool ScansModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && !m_isLast && !m_isAsking;
}

void ScansModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        ask(int(m_scans.size()), kPage);
}

QString ScansModel::text(const domain::Scan& scan) const
{
    QStringList parts{scanTitle(scan), kindWord(scan.scanType), markWord(markOf(scan))};
    if (const auto confidence = scan.confidence())
        parts += tr("confidence %1").arg(formatConfidence(*confidence));
    parts += formatAge(scan.createdAt, QDateTime::currentDateTimeUtc());
    return parts.join(tr(", ", "between the parts of a row read aloud"));
}

QVariant ScansModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const domain::Scan& scan = m_scans[index.row()];
    switch (role) {
    case Qt::DisplayRole: return shownData(scanTitle(scan), role);
    case Qt::AccessibleTextRole: return shownData(text(scan), role);
    case Qt::ToolTipRole: return formatBothTimes(scan.createdAt);
    case role::Mark: return int(markOf(scan));
    case KindRole: return shownData(kindWord(scan.scanType), role);
    case NamedRole: return isNameKnown(scan);
    case AgeRole: {
        const QString age = formatAge(scan.createdAt, QDateTime::currentDateTimeUtc());
        const bool waits = scan.jobStatus == "pending"_L1 && markOf(scan) == Mark::Processing;
        return waits ? tr("job pending, %1", "age").arg(age) : age;
    }
    case ThumbnailRole: return thumbnail(scan.imageUrl);
    case ConfidenceRole: {
        const auto confidence = scan.confidence();
        return confidence ? QVariant(*confidence) : QVariant();
    }
    default: return {};
    }
}

QImage ScansModel::thumbnail(const QString& imageUrl) const
{
    if (const QImage* known = m_thumbnails.object(imageUrl))
        return *known;
    if (m_asked.contains(imageUrl))
        return {};
    m_asked += imageUrl;
    auto* self = const_cast<ScansModel*>(this); // requesting it changes nothing shown
    const QSize wanted(px(kThumbnail.width()) * 2, px(kThumbnail.height()) * 2);
    async::deliver(m_service.thumbnail(imageUrl, wanted), self,
                   [self, imageUrl](const base::Result<QImage>& image) {
                       self->m_asked.remove(imageUrl);
                       // One that is not available is kept as a null image: it is requested only
                       // once.
                       self->m_thumbnails.insert(imageUrl, new QImage(image ? *image : QImage()));
                       for (int row = 0; row < self->m_scans.size(); ++row) {
                           if (self->m_scans[row].imageUrl == imageUrl)
                               Q_EMIT self->dataChanged(self->index(row), self->index(row),
                                                        {ThumbnailRole});
                       }
                   });
    return {};
}

} // namespace queuedeck::ui
