// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

#include "ui/actions/actionset.h"
#include "ui/mainwindow/band.h"
#include "ui/mainwindow/focuskeeper.h"
#include "ui/mainwindow/keysheet.h"
#include "ui/mainwindow/livecontrol.h"
#include "ui/mainwindow/menubuilder.h"
#include "ui/mainwindow/regions.h"
#include "ui/mainwindow/sidebar.h"
#include "ui/mainwindow/statusstrip.h"
#include "ui/mainwindow/windowicon.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page.h"
#include "ui/widgets/sidebarlist.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/windowplace.h"

#include <QActionGroup>
#include <QMenuBar>
#include <QResizeEvent>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace queuedeck::ui {
namespace {

constexpr int kNarrowBand = 1100;
constexpr std::pair<const char*, ActionId> kPages[] = {{"overview", ActionId::PageOverview},
                                                       {"jobs", ActionId::PageJobs},
                                                       {"scans", ActionId::PageScans},
                                                       {"engine", ActionId::PageEngine},
                                                       {"diagnostics", ActionId::PageDiagnostics}};

template <class T>
T* named(T* widget, const char* name)
{
    widget->setObjectName(QLatin1String(name));
    return widget;
}

} // namespace

MainWindow::MainWindow(ActionSet& actions, QWidget* parent)
    : QMainWindow(parent)
    , m_actions(actions)
    , m_band(named(new Band, "band"))
    , m_sidebar(named(new Sidebar, "sidebar"))
    , m_pages(new QStackedWidget)
    , m_right(new QVBoxLayout)
    , m_bodies(new QStackedWidget)
    , m_line(new Hairline)
    , m_status(named(new StatusStrip, "status"))
    , m_toast(named(new Toast(m_pages), "toast"))
{
    auto* frame = new QWidget;
    auto* rows = new QVBoxLayout(frame);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_sidebar);
    m_right->setSpacing(0);
    m_right->addWidget(m_pages, 1);
    body->addLayout(m_right, 1);
    rows->addWidget(m_band);
    rows->addLayout(body, 1);
    m_bodies->addWidget(frame);

    auto* all = new QWidget;
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_line);
    column->addWidget(m_bodies, 1);
    column->addWidget(m_status);
    setCentralWidget(all);
    setMinimumSize(px(960), px(600));
    resize(QSize(px(1440), px(900)).boundedTo(screen()->availableSize()));
    setWindowIcon(environmentIcon(Environment::Local));
    ui::buildMenus(*menuBar(), m_actions);
    connectActions();
    new FocusKeeper(*this, [this] { return mainWidget(); });
    updateTitle();
    updateStatus();
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto slot) {
        connect(m_actions.action(id), &QAction::triggered, this, slot);
    };
    for (const auto& [key, id] : kPages)
        on(id, [this, name = QString::fromLatin1(key)] {
            showPage(name);
            if (QWidget* const main = mainWidget())
                main->setFocus(Qt::ShortcutFocusReason);
        });
    on(ActionId::Sidebar, [this](bool whole) {
        m_wantsRail = !whole;
        updateRail();
    });
    on(ActionId::PauseLive, [this](bool paused) { Q_EMIT pauseToggled(paused); });
    on(ActionId::TimesUtc, [this] { chooseZone(TimeZone::Utc); });
    on(ActionId::TimesLocal, [this] { chooseZone(TimeZone::Local); });
    on(ActionId::KeySheet, [this] { (new KeySheet(this))->open(); });
    on(ActionId::About, [this] { (new AboutBox(this))->open(); });
    on(ActionId::Quit, [this] { close(); });

    const auto theme = [&](ActionId id, ThemeChoice choice) {
        on(id, [choice] { Appearance::instance().choose(choice); });
        m_actions.action(id)->setChecked(Appearance::instance().choice() == choice);
    };
    theme(ActionId::ThemeSystem, ThemeChoice::System);
    theme(ActionId::ThemeLight, ThemeChoice::Light);
    theme(ActionId::ThemeDark, ThemeChoice::Dark);
    theme(ActionId::ThemeContrast, ThemeChoice::HighContrast);
    const auto exclusive = [this](std::initializer_list<ActionId> ids) {
        auto* group = new QActionGroup(this);
        for (const ActionId id : ids)
            group->addAction(m_actions.action(id));
    };
    exclusive({ActionId::PageOverview, ActionId::PageJobs, ActionId::PageScans,
               ActionId::PageEngine, ActionId::PageDiagnostics});
    exclusive({ActionId::ThemeSystem, ActionId::ThemeLight, ActionId::ThemeDark,
               ActionId::ThemeContrast});
    exclusive({ActionId::TimesUtc, ActionId::TimesLocal});
    m_actions.action(ActionId::Sidebar)->setChecked(true);
    m_actions.action(ActionId::TimesUtc)->setChecked(timeZone() == TimeZone::Utc);
    m_actions.action(ActionId::TimesLocal)->setChecked(timeZone() == TimeZone::Local);

    connect(&m_sidebar->pages(), &SidebarModel::activated, this, &MainWindow::showPage);
    connect(m_band, &Band::paletteWanted, m_actions.action(ActionId::Palette), &QAction::trigger);
    connect(m_band->live(), &LiveControl::pauseToggled, this, &MainWindow::pauseToggled);
    connect(m_band->live(), &LiveControl::intervalChosen, this, &MainWindow::intervalChosen);
    connect(m_toast, &Toast::actionPressed, this, &MainWindow::toastActionPressed);
    connect(m_status, &StatusStrip::changeClicked, this, &MainWindow::changeClicked);
    connect(m_status, &StatusStrip::zoneClicked, this,
            [this] { chooseZone(timeZone() == TimeZone::Utc ? TimeZone::Local : TimeZone::Utc); });
    const auto cycle = [this](QKeyCombination key, int step) {
        connect(new QShortcut(key, this), &QShortcut::activated, this,
                [this, step] { cycleRegion(step); });
    };
    cycle(Qt::Key_F6, 1);
    cycle(Qt::SHIFT | Qt::Key_F6, -1);
}

void MainWindow::addPage(Page* page)
{
    m_pageList.append(page);
    m_pages->addWidget(page);
    connect(page, &Page::countChanged, this, &MainWindow::updatePages);
    connect(page, &Page::statusTextsChanged, this, &MainWindow::updateStatus);
    if (m_pageList.size() == 1)
        showPage(page->key());
    updatePages();
    m_toast->raise();
}

void MainWindow::showPage(const QString& key)
{
    const auto found = std::find_if(m_pageList.cbegin(), m_pageList.cend(),
                                    [&key](const Page* page) { return page->key() == key; });
    if (found == m_pageList.cend())
        return;
    Page* const before = currentPage();
    Page* const page = *found;
    if (before != page && before)
        before->setShown(false);
    m_pages->setCurrentWidget(page);
    m_toast->raise();
    m_sidebar->setContext(page->sidebar());
    page->setShown(!isBodyShown());
    for (const auto& [name, id] : kPages)
        m_actions.action(id)->setChecked(key == QLatin1String(name));
    updatePages();
    updateStatus();
    updateTitle();
    Q_EMIT pageShown(key);
}

Page* MainWindow::currentPage() const
{
    return qobject_cast<Page*>(m_pages->currentWidget());
}

bool MainWindow::isBodyShown() const
{
    return m_bodies->currentIndex() > 0;
}

void MainWindow::showBody(Page* page)
{
    if (m_bodies->count() > 1) {
        QWidget* const old = m_bodies->widget(1);
        m_bodies->removeWidget(old);
        old->deleteLater();
    }
    if (page) {
        m_bodies->setCurrentIndex(m_bodies->addWidget(page));
        connect(page, &Page::statusTextsChanged, this, &MainWindow::updateStatus);
    }
    if (Page* const current = currentPage())
        current->setShown(!page);
    updateStatus();
    updateTitle();
}

void MainWindow::setNotice(QWidget* notice)
{
    delete m_notice;
    m_notice = notice;
    if (notice)
        m_right->insertWidget(0, notice);
}

void MainWindow::setBand(const BandInfo& info)
{
    m_info = info;
    m_band->setInfo(info);
    setWindowIcon(environmentIcon(info.environment));
    updateTitle();
}

void MainWindow::setLive(const LiveState& live)
{
    m_band->live()->setState(live);
    m_actions.action(ActionId::PauseLive)->setChecked(live.isPaused);
}

void MainWindow::setLastEntry(const QString& text)
{
    m_status->setLastEntry(text);
}

void MainWindow::setChange(const QString& text)
{
    m_status->setChange(text);
}

void MainWindow::setSpend(const QString& text, const QString& trouble)
{
    m_status->setSpend(text, trouble);
}

void MainWindow::toast(const QString& text, const QString& action, Toast::Tone tone)
{
    m_toast->say(text, action, tone);
}

void MainWindow::updateTitle()
{
    const auto* body = isBodyShown() ? qobject_cast<Page*>(m_bodies->currentWidget()) : nullptr;
    QStringList parts;
    if (body) {
        if (!body->title().isEmpty())
            parts.append(body->title());
    } else {
        if (m_info.environment == Environment::Production)
            parts.append(tr("PROD"));
        if (!m_info.name.isEmpty())
            parts.append(m_info.name);
        if (const Page* const page = currentPage())
            parts.append(page->title());
    }
    parts.append(tr("Queuedeck"));
    setWindowTitle(showControls(parts.join(QStringLiteral(" — "))));
}

void MainWindow::updateStatus()
{
    const auto* body =
        isBodyShown() ? qobject_cast<Page*>(m_bodies->currentWidget()) : currentPage();
    m_status->setTexts(body ? body->statusTexts() : QStringList());
    m_status->setFrameless(isBodyShown());
    m_line->setVisible(isBodyShown());
}

void MainWindow::updateRail()
{
    m_sidebar->setRail(m_wantsRail || width() < px(size::kSidebarToRail));
    m_band->setNarrow(width() < px(kNarrowBand));
}

void MainWindow::updatePages()
{
    QVector<SidebarItem> items;
    for (const Page* page : m_pageList)
        items.append({page->key(), page->title(), page->pageIcon(), Color::Text, page->count(),
                      page == currentPage()});
    m_sidebar->pages().setItems(items);
}

void MainWindow::chooseZone(TimeZone zone)
{
    setTimeZone(zone);
    m_actions.action(ActionId::TimesUtc)->setChecked(zone == TimeZone::Utc);
    m_actions.action(ActionId::TimesLocal)->setChecked(zone == TimeZone::Local);
    m_status->updateZone();
    Q_EMIT timeZoneChanged();
}

QWidget* MainWindow::mainWidget() const
{
    Page* const page =
        isBodyShown() ? qobject_cast<Page*>(m_bodies->currentWidget()) : currentPage();
    QWidget* const main = page ? page->mainWidget() : nullptr;
    return main && main->isVisible() && main->isEnabled() ? main : nullptr;
}

void MainWindow::cycleRegion(int step)
{
    QList<QWidget*> regions;
    if (auto* body = isBodyShown() ? qobject_cast<Page*>(m_bodies->currentWidget()) : nullptr) {
        regions = body->regions();
    } else {
        regions = {m_band->live()->focusTarget(), m_sidebar->pageList()};
        if (Page* const page = currentPage())
            regions += page->regions();
        regions.append(m_toast->focusTarget());
    }
    cycleRegions(regions, focusWidget(), step);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (event->spontaneous() || m_isPlaced)
        return;
    m_isPlaced = true;
    keepOnScreen(*this);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    updateRail();
}

} // namespace queuedeck::ui
