// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/querycompletion.h"

#include <QAbstractListModel>

namespace queuedeck::ui {

/// Completions as rows, each group under a head.
class CompletionModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IsHead = Qt::UserRole };

    explicit CompletionModel(QObject* parent = nullptr);

    void setCompletions(const domain::Completions& completions);
    const domain::Completions& completions() const { return m_completions; }
    /// Null: a head.
    const domain::Completion* item(const QModelIndex& index) const;
    /// The next item below (1) or above (-1), over heads, around the end; from nowhere the first
    /// or the last.
    QModelIndex next(const QModelIndex& from, int step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        QString head;       ///< not empty: a head
        qsizetype item = 0; ///< its place in m_completions
    };

    domain::Completions m_completions;
    QVector<Row> m_rows;
};

} // namespace queuedeck::ui
