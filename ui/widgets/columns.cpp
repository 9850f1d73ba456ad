// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/columns.h"

#include "ui/widgets/settings.h"
#include "ui/widgets/tabledelegate.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kWidest = 4'000;

QList<int> seenColumns(const QTableView& table)
{
    const QHeaderView* header = table.horizontalHeader();
    QList<int> seen;
    for (int place = 0; place < header->count(); ++place) {
        if (const int column = header->logicalIndex(place); !header->isSectionHidden(column))
            seen += column;
    }
    return seen;
}

QString head(const QTableView& table, int column)
{
    return table.model()->headerData(column, Qt::Horizontal).toString();
}

/// A line break or a tab inside a cell would split it into several.
QString oneCell(QString text)
{
    for (QChar& c : text) {
        if (c < u' ' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return text;
}
} // namespace

Columns::Columns(const QString& name, QTableView& table)
    : QObject(&table)
    , m_table(table)
    , m_name(name)
    , m_usual(state())
{
    QHeaderView* header = table.horizontalHeader();
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    restore(settings::columns(name).read());
    connect(header, &QWidget::customContextMenuRequested, this, &Columns::showMenu);
    connect(header, &QHeaderView::sectionMoved, this, &Columns::save);
    connect(header, &QHeaderView::sectionResized, this, [this, header](int column) {
        // Not a column that stretches with the window.
        if (header->sectionResizeMode(column) == QHeaderView::Interactive &&
            !(header->stretchLastSection() && header->visualIndex(column) == header->count() - 1))
            save();
    });
}

QStringList Columns::state() const
{
    const QHeaderView* header = m_table.horizontalHeader();
    QStringList columns;
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        const bool isHidden = header->isSectionHidden(column);
        const bool isFixed = header->sectionResizeMode(column) != QHeaderView::Interactive ||
                             (header->stretchLastSection() && place == header->count() - 1);
        columns += u"%1:%2:%3"_s.arg(column)
                       .arg(isHidden || isFixed ? 0 : header->sectionSize(column))
                       .arg(int(isHidden));
    }
    return columns;
}

// The file may be from another version: a list that does not name each column exactly once is
// ignored.
void Columns::restore(const QStringList& columns)
{
    QHeaderView* header = m_table.horizontalHeader();
    QList<std::array<int, 3>> wanted;
    QList<bool> named(header->count(), false);
    bool isAnySeen = false;
    for (const QString& each : columns) {
        const QStringList parts = each.split(u':');
        bool areNumbers[3] = {};
        if (parts.size() != 3)
            return;
        const std::array<int, 3> one{parts[0].toInt(&areNumbers[0]), parts[1].toInt(&areNumbers[1]),
                                     parts[2].toInt(&areNumbers[2])};
        if (!areNumbers[0] || !areNumbers[1] || !areNumbers[2] || one[0] < 0 ||
            one[0] >= header->count() || named[one[0]] || one[1] < 0 || one[1] > kWidest)
            return;
        named[one[0]] = true;
        isAnySeen = isAnySeen || one[2] == 0;
        wanted += one;
    }
    if (wanted.size() != header->count() || !isAnySeen)
        return;
    for (int place = 0; place < wanted.size(); ++place) {
        const auto [column, width, isHidden] = wanted[place];
        header->moveSection(header->visualIndex(column), place);
        header->setSectionHidden(column, isHidden != 0);
        if (width > 0)
            header->resizeSection(column, width);
    }
}

void Columns::save()
{
    const QStringList now = state();
    settings::columns(m_name).write(now == m_usual ? QStringList() : now);
}

int Columns::shown() const
{
    return int(seenColumns(m_table).size());
}

QMenu* Columns::makeMenu()
{
    QHeaderView* header = m_table.horizontalHeader();
    auto* menu = new QMenu(&m_table);
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        QAction* one = menu->addAction(head(m_table, column));
        one->setCheckable(true);
        one->setChecked(!header->isSectionHidden(column));
        one->setEnabled(!one->isChecked() || shown() > 1); // at least one stays
        connect(one, &QAction::toggled, this, [this, header, column](bool isShown) {
            header->setSectionHidden(column, !isShown);
            if (isShown && header->sectionSize(column) < header->minimumSectionSize())
                header->resizeSection(column, header->defaultSectionSize());
            save();
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Default Columns")), &QAction::triggered, this, [this] {
        restore(m_usual);
        save();
    });
    return menu;
}

void Columns::showMenu(const QPoint& at)
{
    QMenu* menu = makeMenu();
    menu->setObjectName(u"columns"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(m_table.horizontalHeader()->mapToGlobal(at));
}

RowsAsText selectedAsText(const QTableView& table)
{
    if (!table.model() || !table.selectionModel())
        return {};
    const QList<int> columns = seenColumns(table);
    QList<int> rows;
    for (const QItemSelectionRange& range : table.selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows += row;
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    RowsAsText copied;
    QStringList lines;
    const auto line = [&columns, &lines](auto cell) {
        QStringList cells;
        for (const int column : columns)
            cells += oneCell(cell(column));
        lines += cells.join(u'\t');
    };
    for (const int row : rows) {
        const QModelIndex first = table.model()->index(row, columns.value(0));
        if (first.data(role::Absent).toBool()) {
            ++copied.notLoaded;
            continue;
        }
        ++copied.rows;
        line([&table, row](int column) {
            const QModelIndex index = table.model()->index(row, column);
            const QVariant whole = index.data(role::Whole);
            return (whole.isValid() ? whole : index.data()).toString();
        });
    }
    if (lines.isEmpty())
        return copied;
    if (columns.size() > 1) {
        line([&table](int column) { return head(table, column); });
        lines.move(lines.size() - 1, 0);
    }
    copied.text = lines.join(u'\n') + u'\n';
    return copied;
}

} // namespace queuedeck::ui
