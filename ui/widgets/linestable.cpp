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

namespace {
QVector<ColumnHead> headsOf(const QVector<LineColumn>& columns)
{
    QVector<ColumnHead> heads;
    for (const LineColumn& column : columns)
        heads.push_back({column.title, column.isRight});
    return heads;
}
} // namespace

LinesModel::LinesModel(const QVector<LineColumn>& columns, QObject* parent)
    : RowsModel(headsOf(columns), parent)
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

QVariant LinesModel::cell(int row, int column, int role) const
{
    if (column >= m_lines[row].size())
        return {};
    const LineCell& cell = m_lines[row][column];
    switch (role) {
    case Qt::DisplayRole: return cell.text;
    case Qt::ToolTipRole: return cell.tip.isEmpty() ? QVariant() : cell.tip;
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

LinesTable::LinesTable(const QString& accessibleName, const QVector<LineColumn>& columns,
                       QWidget* parent)
    : QWidget(parent)
    , m_columns(columns)
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
    for (int column = 0; column < m_columns.size(); ++column) {
        if (const int width = m_columns[column].width; width > 0)
            m_table->horizontalHeader()->resizeSection(
                column, qMax(px(width),
                             static_cast<QAbstractItemView*>(m_table)->sizeHintForColumn(column)));
    }
    const int row = m_table->verticalHeader()->defaultSectionSize();
    setFixedHeight(px(size::kTableHeader) + row * qMax(m_model->rowCount(), 1) + 2);
}

void LinesTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::Base), tokenColor(Color::Line), 1, 0);
}

} // namespace queuedeck::ui
