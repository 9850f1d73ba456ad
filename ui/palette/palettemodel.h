// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/palette/paletteitem.h"

#include <QAbstractListModel>

namespace queuedeck::ui {

/// What the palette shows for what was typed: groups, each under a head, the best fits first.
///
/// `>` in front of the text leaves only pages and actions, `#` only jobs, `@` only views and
/// connections.
/// What changes rows comes after everything else of its group.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IsHead = Qt::UserRole, Item };

    explicit PaletteModel(QObject* parent = nullptr);

    /// All that can be found, apart from jobs.
    void setItems(const PaletteItems& items);
    void setTyped(const QString& typed);
    /// Jobs whose id begins with `fragment`; passed over if something else was typed meanwhile.
    void setJobs(const QString& fragment, const PaletteItems& jobs);

    /// What may be the beginning of a job's id; empty if jobs are not wanted.
    QString idFragment() const;
    int found() const { return m_found; }
    const PaletteItem* item(const QModelIndex& index) const;
    /// What Enter does right after typing; none if only changes of rows were found.
    QModelIndex first() const;
    /// The next item below (1) or above (-1), over heads, around the end.
    QModelIndex next(const QModelIndex& from, int step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        QString head; ///< not empty: a head
        PaletteItem item;
    };

    void fill();
    void addGroup(PaletteItem::Group group, const QString& words);

    PaletteItems m_items;
    PaletteItems m_jobs;
    QString m_typed;
    QString m_jobsOf;
    QVector<Row> m_rows;
    int m_found = 0;
};

} // namespace queuedeck::ui
