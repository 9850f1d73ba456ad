// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts of JobDetailPane are laid out, beside the table and below it.
#include "core/base/result.h"
#include "ui/jobdetail/attemptlist.h"
#include "ui/jobdetail/enrichmentview.h"
#include "ui/jobdetail/jobdetailpane.h"
#include "ui/jobdetail/jobfacts.h"
#include "ui/jobdetail/jobhead.h"
#include "ui/jobdetail/payloadview.h"
#include "ui/jobdetail/reportview.h"
#include "ui/jobdetail/scanview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/theme.h"

#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

namespace queuedeck::ui {
namespace {

// The keyboard scrolls it.
QScrollArea* makeScroll(QWidget* content)
{
    QScrollArea* scroll = makeScrollColumn(content);
    scroll->setFocusPolicy(Qt::StrongFocus);
    return scroll;
}

QVBoxLayout* makeColumn(QWidget* owner, int side, int top)
{
    auto* column = new QVBoxLayout(owner);
    column->setContentsMargins(px(side), px(top), px(side), px(top));
    column->setSpacing(px(space::kM));
    return column;
}

/// A part with padding and a line above it; the line is shown and hidden with the part.
QWidget* makeSection(QWidget* part, const QString& title = {})
{
    auto* section = new QWidget;
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Hairline);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(px(space::kL), px(space::kM), px(space::kL), px(space::kM));
    inner->setSpacing(px(space::kS));
    if (!title.isEmpty())
        inner->addWidget(new Label(title, TextRole::Strong));
    inner->addWidget(part);
    column->addLayout(inner);
    return section;
}

} // namespace

void JobDetailPane::takeApart()
{
    for (QWidget* part : QWidgetList{m_facts, m_errorBox, m_report, m_result, m_enrichment,
                                     m_attempts, m_payload, m_scan})
        part->setParent(this);
    delete m_body;
    m_body = nullptr;
    m_tabs = nullptr;
}

void JobDetailPane::setCompact(bool compact)
{
    if (compact == m_isCompact)
        return;
    m_isCompact = compact;
    if (compact)
        arrangeCompact();
    else
        arrangeTall();
    const bool hasJob = m_isLoaded;
    m_body->setVisible(hasJob);
    if (hasJob) {
        const domain::JobDetail detail = m_detail;
        const bool wasGone = m_isGone;
        showError();
        loaded(detail);
        if (wasGone)
            failed(base::fail(base::ErrorKind::NotFound, {}));
    }
    updateGeometry();
}

void JobDetailPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // The page changes the orientation of its splitter with the width of the window. Not during the
    // resize itself: the splitter is still laying us out.
    if (const auto* splitter = qobject_cast<QSplitter*>(parentWidget())) {
        const bool isBelow = splitter->orientation() == Qt::Vertical;
        if (isBelow != m_isCompact)
            QTimer::singleShot(0, this, [this, isBelow] { setCompact(isBelow); });
    }
}

void JobDetailPane::arrangeTall()
{
    takeApart();
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* facts = new QWidget;
    makeColumn(facts, space::kL, space::kM)->addWidget(m_facts);
    column->addWidget(facts);
    column->addWidget(makeSection(m_errorBox, tr("Error")));
    column->addWidget(makeSection(m_report));
    column->addWidget(makeSection(m_result));
    column->addWidget(makeSection(m_enrichment));
    column->addWidget(makeSection(m_attempts));
    column->addWidget(makeSection(m_payload));
    column->addWidget(makeSection(m_scan));
    column->addStretch(1);
    m_payload->setCompact(false);
    m_result->setCompact(false);
    m_head->setCompact(false);
    for (QWidget* part : QWidgetList{m_facts, m_errorBox, m_report, m_result, m_enrichment,
                                     m_attempts, m_payload, m_scan})
        part->setVisible(true);
    m_body = makeScroll(content);
    setMinimumSize(px(size::kDetailMin), 0);
    setMaximumHeight(QWIDGETSIZE_MAX);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_body, 1);
}

void JobDetailPane::arrangeCompact()
{
    takeApart();
    auto* left = new QWidget;
    auto* column = makeColumn(left, space::kM, space::kS);
    auto* error = new QWidget; // shown and hidden with the error
    auto* around = new QVBoxLayout(error);
    around->setContentsMargins(0, 0, 0, 0);
    around->addWidget(m_errorBox);
    column->addWidget(m_facts);
    column->addWidget(error);
    for (QWidget* part : QWidgetList{m_report, m_enrichment}) {
        auto* holder = new QWidget; // likewise
        auto* inner = new QVBoxLayout(holder);
        inner->setContentsMargins(0, 0, 0, 0);
        inner->addWidget(part);
        column->addWidget(holder);
        part->setVisible(true);
    }
    column->addStretch(1);
    m_tabs = new QTabBar;
    m_tabs->setAccessibleName(tr("Detail"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Payload"));
    m_tabs->addTab(tr("Attempts"));
    m_tabs->addTab(tr("Scan"));
    m_tabs->addTab(tr("Result"));
    auto* stack = new QStackedWidget;
    for (QWidget* part : QWidgetList{m_payload, m_attempts, m_scan, m_result}) {
        const bool isText = part == m_payload || part == m_result;
        auto* page = new QWidget;
        auto* inner = makeColumn(page, space::kM, space::kXs);
        inner->addWidget(part);
        if (!isText)
            inner->addStretch(1);
        stack->addWidget(isText ? page : makeScroll(page));
        part->setVisible(true);
    }
    m_errorBox->setVisible(true);
    m_facts->setVisible(true);
    connect(m_tabs, &QTabBar::currentChanged, stack, &QStackedWidget::setCurrentIndex);
    auto* right = new QWidget;
    auto* rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(m_tabs);
    rightColumn->addWidget(stack, 1);
    m_body = new QWidget;
    auto* row = new QHBoxLayout(m_body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeScroll(left), 1);
    row->addWidget(new Hairline(Qt::Vertical));
    row->addWidget(right, 1);
    m_payload->setCompact(true);
    m_result->setCompact(true);
    m_head->setCompact(true);
    setMinimumSize(0, px(size::kDetailBelow));
    static_cast<QVBoxLayout*>(layout())->addWidget(m_body, 1);
}

} // namespace queuedeck::ui
