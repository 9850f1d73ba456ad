// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QVector>

namespace queuedeck::ui {

struct ColumnHead
{
    QString title;
    bool isRight = false; ///< numbers
};

/// The small tables of pages and dialogs: their rows are in memory, their columns known from the
/// start. A subclass holds the rows and provides the cells; headers and alignment are handled here.
class RowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit RowsModel(QVector<ColumnHead> columns, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const final;
    int columnCount(const QModelIndex& parent = {}) const final;
    QVariant data(const QModelIndex& index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

protected:
    virtual int rows() const = 0;
    /// For every role but the alignment.
    virtual QVariant cell(int row, int column, int role) const = 0;

    /// Replaces `held` by `now`. If they are the same rows with other contents, selection and
    /// scroll position stay, and only the cells from column `first` to `last` are read anew.
    template <class Rows>
    void replace(Rows& held, const Rows& now, bool areSame, int first, int last)
    {
        if (!areSame)
            beginResetModel();
        held = now;
        if (!areSame)
            endResetModel();
        else if (rows() > 0)
            Q_EMIT dataChanged(index(0, first), index(rows() - 1, last));
    }

private:
    int alignment(int column) const;

    const QVector<ColumnHead> m_columns;
};

/// Whether two lists have the same ids in the same order.
template <class Row>
bool haveSameIds(const QVector<Row>& one, const QVector<Row>& other)
{
    return std::equal(one.cbegin(), one.cend(), other.cbegin(), other.cend(),
                      [](const Row& a, const Row& b) { return a.id == b.id; });
}

} // namespace queuedeck::ui
