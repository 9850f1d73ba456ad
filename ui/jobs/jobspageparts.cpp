// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts of JobsPage are made and arranged; what they do is in jobspage.cpp.
#include "ui/actions/actionbutton.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobfacets.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/jobs/querybar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

QWidget* JobsPage::makeQueryRow()
{
    auto* ground = new Ground(Color::Base, this, Qt::BottomEdge);
    auto* row = new QHBoxLayout(ground);
    row->setContentsMargins(px(space::kM), px(space::kS), px(space::kM), px(space::kS));
    row->setSpacing(px(space::kS));
    m_query = new QueryBar(ground);
    row->addWidget(m_query, 1);
    m_filters = makeButton(Icon::Filter, tr("Filters"), ground);
    m_filters->setObjectName(u"filters"_s);
    auto* menu = new QMenu(m_filters);
    connect(menu, &QMenu::aboutToShow, this, &JobsPage::fillFilterMenu);
    m_filters->setMenu(menu);
    row->addWidget(m_filters, 0, Qt::AlignTop);
    return ground;
}

QWidget* JobsPage::makeActionBar()
{
    auto* bar = new Ground(Color::Window, this, Qt::BottomEdge);
    bar->setFixedHeight(px(size::kActionBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(px(space::kM), 0, px(space::kM), 0);
    row->setSpacing(px(space::kS));
    m_retry = new ActionButton(m_actions.action(ActionId::Retry), bar);
    m_delete = new ActionButton(m_actions.action(ActionId::Delete), bar);
    auto* more = makeIconButton(Icon::More, tr("More for the Selected Jobs"), bar);
    auto* menu = new QMenu(more);
    for (const ActionId id : {ActionId::Cancel, ActionId::RunNext, ActionId::CopyId})
        menu->addAction(m_actions.action(id));
    openBelow(more, menu);
    m_retryAll = new ActionButton(m_actions.action(ActionId::RetryAll), bar);
    m_cleanUp = new ActionButton(m_actions.action(ActionId::CleanUp), bar);
    m_moreAll = makeIconButton(Icon::More, tr("More for All That Match"), bar);
    auto* menuAll = new QMenu(m_moreAll);
    menuAll->addAction(m_actions.action(ActionId::CleanUp));
    openBelow(m_moreAll, menuAll);
    m_pill = makeButton(Icon::ArrowUp, {}, bar, ButtonRole::Primary);
    m_pill->setObjectName(u"newer"_s);
    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, &JobsPage::showNewest);

    auto* line = new Hairline(Qt::Vertical, bar);
    line->setFixedHeight(px(space::kL));
    row->addWidget(m_retry);
    row->addWidget(m_delete);
    row->addWidget(more);
    row->addSpacing(px(space::kXs));
    row->addWidget(line);
    row->addSpacing(px(space::kXs));
    row->addWidget(m_retryAll);
    row->addWidget(m_cleanUp);
    row->addWidget(m_moreAll);
    row->addStretch(1);
    row->addWidget(m_pill);
    return bar;
}

QWidget* JobsPage::makeTable()
{
    auto* box = new QWidget(this);
    box->setMinimumHeight(px(120));
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins({});
    m_table = new DataTable(tr("Jobs"), box);
    m_table->setObjectName(u"jobs"_s);
    m_table->setModel(m_model);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    struct Width
    {
        JobColumn column;
        int width;
    };
    constexpr Width kWidths[] = {{JobColumn::Status, 112},  {JobColumn::Type, 160},
                                 {JobColumn::Tries, 64},    {JobColumn::Created, 92},
                                 {JobColumn::Finished, 92}, {JobColumn::Error, 180}};
    for (const Width& width : kWidths)
        header->resizeSection(int(width.column), px(width.width));
    header->resizeSection(int(JobColumn::Id), shortIdWidth());
    header->setStretchLastSection(true);
    m_table->setColumnHidden(int(JobColumn::Finished), true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(int(JobColumn::Created), Qt::DescendingOrder);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_actions.addTableKeys(m_table);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &JobsPage::showContextMenu);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    m_empty = new EmptyState(m_table->viewport()); // below the standing header
    m_empty->hide();
    m_empty->setObjectName(u"empty"_s);
    column->addWidget(m_table);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this,
            &JobsPage::updateVisible);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this,
            &JobsPage::updateVisible);
    return box;
}

void JobsPage::updateNarrow()
{
    const bool isNarrow = window()->width() < px(size::kDetailBelowWidth);
    m_filters->setVisible(isNarrow);
    m_delete->setIconOnly(isNarrow);
    m_cleanUp->setVisible(!isNarrow);
    m_moreAll->setVisible(isNarrow);
    const Qt::Orientation turned = isNarrow ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == turned && m_splitter->property("placed").toBool())
        return;
    m_splitter->setOrientation(turned);
    if (!m_detail || m_splitter->width() <= 0)
        return;
    m_splitter->setProperty("placed", true);
    const int whole = isNarrow ? m_splitter->height() : m_splitter->width();
    const int detail = px(isNarrow ? size::kDetailBelow : size::kDetail);
    m_splitter->setSizes({qMax(whole - detail, 1), detail});
}

// What the buttons and the menu bar do, by the same actions.
void JobsPage::showContextMenu(const QPoint& at)
{
    auto* menu = new QMenu(m_table);
    menu->setObjectName(u"context"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const ActionId id :
         {ActionId::Retry, ActionId::RunNext, ActionId::Cancel, ActionId::Delete, ActionId::Repair,
          ActionId::Count, ActionId::CopyId, ActionId::FilterCell, ActionId::FilterWithoutCell,
          ActionId::Count, ActionId::SelectAll, ActionId::RetryAll}) {
        if (id == ActionId::Count)
            menu->addSeparator();
        else
            menu->addAction(m_actions.action(id));
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void JobsPage::fillFilterMenu()
{
    QMenu* menu = m_filters->menu();
    menu->clear();
    for (const SidebarItem& item : m_facets->items()) {
        if (item.isHead()) {
            menu->addSection(item.text);
            continue;
        }
        QAction* action = menu->addAction(
            item.count.isEmpty() ? item.text : tr("%1, %2").arg(item.text, item.count));
        action->setCheckable(true);
        action->setChecked(item.isChosen);
        connect(action, &QAction::triggered, m_facets,
                [this, key = item.key] { Q_EMIT m_facets->activated(key); });
    }
}

} // namespace queuedeck::ui
