// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/scanservice.h"
#include "ui/widgets/tabledelegate.h"

#include <QAbstractListModel>
#include <QCache>
#include <QSet>

namespace queuedeck::ui {

/// The scans that match a filter, newest first, read in pages as the list is scrolled. Reading
/// again moves rows rather than resetting, so that selection and scroll position stay.
class ScansModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        KindRole = role::First,
        ConfidenceRole, ///< double; invalid if there is none
        AgeRole,
        NamedRole,    ///< bool: the title was read from the picture
        ThumbnailRole ///< QImage; null until it is loaded
    };

    explicit ScansModel(service::ScanService& scans, QObject* parent = nullptr);

    void setFilter(const service::ScanFilter& filter);
    const service::ScanFilter& filter() const { return m_filter; }
    /// Reads the loaded rows again; one query at a time.
    void refresh();

    const domain::Scan& scanAt(int row) const { return m_scans[row]; }
    int rowOf(const domain::ScanId& id) const;
    bool isLoaded() const { return m_isLoaded; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    /// Before rows move, and once they have been read.
    void aboutToChange();
    void read();
    void failed(const queuedeck::base::Error& error);

private:
    void ask(int offset, int limit);
    void take(int offset, int limit, const service::ScanPage& page);
    void merge(const QVector<domain::Scan>& scans);
    void removeMissing(const QVector<domain::Scan>& scans);
    QString text(const domain::Scan& scan) const;
    QImage thumbnail(const QString& imageUrl) const;

    service::ScanService& m_service;
    service::ScanFilter m_filter;
    QVector<domain::Scan> m_scans;
    mutable QCache<QString, QImage> m_thumbnails{500};
    mutable QSet<QString> m_asked; ///< thumbnails being loaded
    quint64 m_generation = 0;      ///< of the filter: answers to an older one are dropped
    bool m_isAsking = false;
    bool m_askAgain = false;
    bool m_isLast = true;
    bool m_isLoaded = false;
};

} // namespace queuedeck::ui
