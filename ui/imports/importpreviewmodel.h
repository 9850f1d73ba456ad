// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/importservice.h"
#include "ui/widgets/tabledelegate.h"

#include <QAbstractTableModel>

namespace queuedeck::ui {

/// Lines of a file with what would become of them. A cell may have a second line that says what is
/// wrong with it.
class ImportPreviewModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role : int {
        Problem = role::First, ///< QString: the second line of the cell
        IsFault,               ///< bool: the problem rejects the line
        ResultIcon,            ///< ui::Icon as int, of the result
    };

    using QAbstractTableModel::QAbstractTableModel;

    void show(domain::ImportTarget target, const QStringList& fields,
              const QVector<service::ImportResult::Shown>& lines);
    bool hasProblem(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    enum Column { Line, Result, FirstField };

    QVariant result(const service::ImportResult::Shown& line, int role) const;
    QVariant value(const service::ImportResult::Shown& line, int place, int role) const;
    bool isNumber(int place) const;

    domain::ImportTarget m_target = domain::ImportTarget::Customers;
    QStringList m_fields;
    QVector<service::ImportResult::Shown> m_lines;
};

/// Draws them: a tint and the words below the value.
class ImportPreviewDelegate : public TableDelegate
{
    Q_OBJECT

public:
    using TableDelegate::TableDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace queuedeck::ui
