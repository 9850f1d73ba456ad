// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/linestable.h"

#include "ui/widgets/datatable.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QPainter>

namespace queuedeck::ui {

LinesModel::LinesModel(QVector<LineColumn> columns, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

void LinesModel::setLines(const QVector<Line>& lines)
{
    if (lines == m_lines)
        return;
    beginResetModel();
    m_lines = lines;
    endResetModel();
}

int LinesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int LinesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant LinesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.column() >= m_lines[index.row()].size())
        return {};
    const LineCell& cell = m_lines[index.row()][index.column()];
    switch (role) {
    case Qt::DisplayRole: return cell.text;
    case Qt::ToolTipRole: return cell.tip.isEmpty() ? QVariant() : cell.tip.toHtmlEscaped();
    case Qt::TextAlignmentRole:
        return int((m_columns[index.column()].isRight ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    case role::Mark: return cell.mark ? QVariant(int(*cell.mark)) : QVariant();
    case role::TextColor:
        return cell.mark && cell.text != markWord(*cell.mark) ? QVariant(int(Color::Text))
                                                              : QVariant();
    case role::Muted: return cell.isMuted;
    case role::Strong: return cell.isStrong;
    case role::FixedFont: return cell.isFixed;
    default: return {};
    }
}

QVariant LinesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return m_columns[section].title;
    if (role == Qt::TextAlignmentRole)
        return int((m_columns[section].isRight ? Qt::AlignRight : Qt::AlignLeft) |
                   Qt::AlignVCenter);
    return {};
}

LinesTable::LinesTable(const QString& accessibleName, const QVector<LineColumn>& columns,
                       QWidget* parent)
    : QWidget(parent)
    , m_model(new LinesModel(columns, this))
    , m_table(new DataTable(accessibleName, this))
{
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(1, 1, 1, 1);
    box->addWidget(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setFocusPolicy(Qt::NoFocus);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    for (int column = 0; column < columns.size(); ++column) {
        if (columns[column].width == 0)
            header->setSectionResizeMode(column, QHeaderView::Stretch);
        else
            header->resizeSection(column, px(columns[column].width));
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    fit();
}

void LinesTable::setLines(const QVector<Line>& lines)
{
    m_model->setLines(lines);
    fit();
}

void LinesTable::fit()
{
    const int row = m_table->verticalHeader()->defaultSectionSize();
    setFixedHeight(px(size::kTableHeader) + row * qMax(m_model->rowCount(), 1) + 2);
}

void LinesTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::Base), tokenColor(Color::Line), 1, 0);
}

} // namespace queuedeck::ui
