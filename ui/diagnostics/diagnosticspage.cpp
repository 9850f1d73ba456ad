// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/diagnosticspage.h"

#include "ui/diagnostics/checkspanel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/theme.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

DiagnosticsPage::DiagnosticsPage(service::Session& session, QWidget* parent)
    : Page(u"diagnostics"_s, tr("Diagnostics"), Icon::Diagnostics, parent)
    , m_checks(new ChecksPanel(session))
    , m_sidebar(new SidebarModel(this))
    , m_bar(new Surface(Color::Sunken, this, Qt::BottomEdge))
    , m_buttons(new QHBoxLayout(m_bar))
    , m_bodies(new QStackedWidget(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    m_buttons->setContentsMargins(px(space::kS), px(space::kXs), px(space::kS), px(space::kXs));
    m_buttons->setSpacing(px(space::kXs));
    m_buttons->addStretch(1);
    m_bar->hide(); // until there are several
    column->addWidget(m_bar);
    column->addWidget(m_bodies, 1);
    connect(m_sidebar, &SidebarModel::activated, this, &DiagnosticsPage::showTab);
    connect(m_checks, &ChecksPanel::looked, this, &DiagnosticsPage::showFindings);
    connect(m_checks, &ChecksPanel::wanted, this, &DiagnosticsPage::wanted);
    connect(m_checks, &ChecksPanel::copied, this, &DiagnosticsPage::copied);
    addTab(u"checks"_s, tr("Ask"), tr("Checks"), Icon::Diagnostics, m_checks, [this](bool isShown) {
        if (isShown)
            m_checks->lookIfOld();
    });
}

void DiagnosticsPage::addTab(const QString& key, const QString& head, const QString& title,
                             Icon icon, QWidget* body, std::function<void(bool)> onShown)
{
    QPushButton* const button = makeButton(icon, title, m_bar, ButtonRole::Quiet);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setChecked(m_tabs.isEmpty());
    connect(button, &QPushButton::clicked, this, [this, key] { showTab(key); });
    m_buttons->insertWidget(int(m_tabs.size()), button);
    m_tabs.push_back({key, head, title, icon, std::move(onShown), button});
    m_bodies->addWidget(body);
    m_bar->setVisible(m_tabs.size() > 1);
    showSidebar();
}

QString DiagnosticsPage::currentTab() const
{
    return m_tabs[m_bodies->currentIndex()].key;
}

void DiagnosticsPage::showTab(const QString& key)
{
    for (int i = 0; i < m_tabs.size(); ++i) {
        const Tab& tab = m_tabs[i];
        if (tab.key != key || i == m_bodies->currentIndex())
            continue;
        const Tab& before = m_tabs[m_bodies->currentIndex()];
        m_bodies->setCurrentIndex(i);
        tab.button->setChecked(true);
        if (m_isShown && before.onShown)
            before.onShown(false);
        if (m_isShown && tab.onShown)
            tab.onShown(true);
        break;
    }
    showSidebar();
}

void DiagnosticsPage::setTabCount(const QString& key, const QString& count)
{
    for (Tab& tab : m_tabs) {
        if (tab.key == key)
            tab.count = count;
    }
    showSidebar();
}

void DiagnosticsPage::showSidebar()
{
    QVector<SidebarItem> items;
    QString head;
    for (const Tab& tab : m_tabs) {
        if (tab.head != head)
            items += SidebarItem::head(tab.head);
        head = tab.head;
        items.push_back({tab.key, tab.title, tab.icon, Color::Muted, tab.count,
                         m_bodies->count() > 0 && tab.key == currentTab()});
    }
    m_sidebar->setItems(items);
}

void DiagnosticsPage::showFindings()
{
    const domain::Diagnosis& diagnosis = m_checks->diagnosis();
    if (!diagnosis.at.isValid())
        return;
    const auto findings = diagnosis.findings.size();
    const QString count = findings > 0 ? formatCount(findings) : QString();
    setCount(count);
    setTabCount(u"checks"_s, count);
    setStatusTexts(
        {base::counted("DiagnosticsPage", QT_TRANSLATE_NOOP("DiagnosticsPage", "1 finding"),
                       QT_TRANSLATE_N_NOOP("DiagnosticsPage", "%L1 findings"), findings),
         base::counted("DiagnosticsPage", QT_TRANSLATE_NOOP("DiagnosticsPage", "1 check"),
                       QT_TRANSLATE_N_NOOP("DiagnosticsPage", "%L1 checks"),
                       diagnosis.checks.size())});
}

void DiagnosticsPage::setEndpoint(std::function<QString()> endpoint)
{
    m_checks->setEndpoint(std::move(endpoint));
}

QList<QWidget*> DiagnosticsPage::regions()
{
    if (m_bodies->currentWidget() == m_checks)
        return m_checks->regions();
    return {m_bodies->currentWidget()};
}

QWidget* DiagnosticsPage::mainWidget()
{
    return m_bodies->currentWidget() == m_checks ? m_checks->list() : m_bodies->currentWidget();
}

void DiagnosticsPage::setShown(bool shown)
{
    m_isShown = shown;
    const Tab& tab = m_tabs[m_bodies->currentIndex()];
    if (tab.onShown)
        tab.onShown(shown);
}

} // namespace queuedeck::ui
