// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/exportcolumns.h"

#include "ui/exports/exportwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::ExportColumn;

ExportColumns::ExportColumns(QWidget* parent)
    : QWidget(parent)
    , m_count(new Label({}, TextRole::Small, Color::Muted))
    , m_all(makeButton(tr("All"), this, ButtonRole::Link))
    , m_list(new QListWidget(this))
{
    m_all->setObjectName(u"allColumns"_s);
    m_all->setAccessibleName(tr("Write all columns"));
    m_all->setAutoDefault(false);
    m_list->setObjectName(u"columns"_s);
    m_list->setAccessibleName(tr("Columns that are written"));
    m_list->setAccessibleDescription(tr("Space ticks, Alt+Up and Alt+Down move a column."));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    auto* title = new Label(tr("Columns"), TextRole::Strong);
    title->setBuddy(m_list);
    head->addWidget(title);
    head->addWidget(m_count, 1);
    head->addWidget(m_all);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_list, 1);
    choose(domain::usualExportColumns());

    connect(m_list, &QListWidget::itemChanged, this, [this] {
        if (!m_isFilling)
            count();
    });
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &ExportColumns::count);
    connect(m_list->model(), &QAbstractItemModel::rowsRemoved, this, [this] {
        if (!m_isFilling)
            count(); // the second half of a drag
    });
    connect(m_all, &QPushButton::clicked, this, [this] {
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setCheckState(Qt::Checked);
    });
}

QWidget* ExportColumns::list() const
{
    return m_list;
}

void ExportColumns::choose(const QVector<ExportColumn>& columns)
{
    m_isFilling = true;
    m_list->clear();
    QVector<ExportColumn> all = columns;
    for (int i = 0; i < domain::kExportColumns; ++i) {
        const auto column = ExportColumn(i);
        if (!columns.contains(column)) // behind the one it belongs to
            all.insert(std::min<qsizetype>(i, all.size()), column);
    }
    for (const ExportColumn column : std::as_const(all)) {
        auto* item = new QListWidgetItem(exportwords::columnLabel(column), m_list);
        item->setData(Qt::UserRole, int(column));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable |
                       Qt::ItemIsDragEnabled);
        item->setSizeHint(QSize(0, px(size::kRow)));
        item->setCheckState(columns.contains(column) ? Qt::Checked : Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
    m_isFilling = false;
    count();
}

QVector<ExportColumn> ExportColumns::chosen() const
{
    QVector<ExportColumn> columns;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            columns += ExportColumn(m_list->item(i)->data(Qt::UserRole).toInt());
    }
    return columns;
}

void ExportColumns::count()
{
    m_count->setText(
        tr("%1 of %2").arg(formatCount(chosen().size()), formatCount(domain::kExportColumns)));
    Q_EMIT changed();
}

void ExportColumns::move(int by)
{
    const int from = m_list->currentRow();
    const int to = from + by;
    if (from < 0 || to < 0 || to >= m_list->count())
        return;
    m_isFilling = true;
    QListWidgetItem* item = m_list->takeItem(from);
    m_list->insertItem(to, item);
    m_list->setCurrentRow(to);
    m_isFilling = false;
    count();
}

bool ExportColumns::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::AltModifier &&
            (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            move(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace queuedeck::ui
