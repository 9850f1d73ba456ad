// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/program.h"

#include "app/queuedeck/palettejobs.h"
#include "app/queuedeck/windowsettings.h"
#include "core/async/deliver.h"
#include "core/base/privatefiles.h"
#include "core/service/engineservice.h"
#include "core/service/home.h"
#include "core/service/profilestore.h"
#include "core/service/sampledata.h"
#include "core/service/survey.h"
#include "ui/actions/actionset.h"
#include "ui/connections/connectdialog.h"
#include "ui/connections/connectionsmodel.h"
#include "ui/connections/connectionspage.h"
#include "ui/connections/firstrunpage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/windowmemory.h"
#include "ui/notice/errortext.h"
#include "ui/palette/palettedialog.h"
#include "ui/settings/settingsdialog.h"
#include "ui/widgets/bandcolors.h"
#include "ui/widgets/format.h"
#include "ui/widgets/settings.h"

#include <QApplication>
#include <QMessageBox>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

Program::Program(const Options& options, QString trouble)
    : m_options(options)
    , m_trouble(std::move(trouble))
{
    // Qt would let other users read the settings: names of databases, addresses of endpoints.
    if (const base::Status made = base::makePrivateFile(QSettings().fileName()); !made)
        qWarning().noquote() << made.error().detail;
    connect(&m_signals, &EndSignals::endAsked, this, &Program::end);
    // A question here would keep the whole desktop from ending its session.
    connect(qApp, &QGuiApplication::commitDataRequest, this, &Program::end);
}

Program::~Program()
{
    m_ending.reset();
    m_controller.reset();
    m_window.reset();
}

void Program::start()
{
    newWindow();
    const QString address = m_options.address;
    const domain::Profiles saved = service::profilestore::read().profiles;
    if (m_options.isDemo)
        open({u"sqlite:"_s + service::demoDatabase(), true, false}, true);
    else if (!address.isEmpty())
        open({address, false, m_options.isReadOnly}, false);
    else if (!m_options.connection.isEmpty())
        startAt(saved);
    else if (!saved.isEmpty())
        showConnections();
    else
        showFirstRun();
    m_window->show();
    if (!m_trouble.isEmpty())
        say(m_trouble);
    if (!m_options.trouble.isEmpty())
        say(ui::showControls(m_options.trouble.translated()));
}

void Program::startAt(const domain::Profiles& saved)
{
    if (const domain::Profile* profile = domain::findProfile(saved, m_options.connection))
        openSaved(*profile, {}, m_options.isReadOnly);
    else
        showConnections(
            tr("No connection is called %1.").arg(ui::showControls(m_options.connection)));
}

void Program::newWindow()
{
    m_ending.reset();
    m_controller.reset();
    m_window.reset();
    m_actions = std::make_unique<ui::ActionSet>();
    m_window = std::make_unique<ui::MainWindow>(*m_actions);
    new ui::WindowMemory(*m_window, *m_actions);
    connect(m_actions->action(ui::ActionId::Connect), &QAction::triggered, this,
            [this] { showConnect(); });
    connect(m_actions->action(ui::ActionId::Connections), &QAction::triggered, this, [this] {
        if (m_connections && m_controller)
            hideConnections();
        else
            showConnections();
    });
    connect(m_actions->action(ui::ActionId::Refresh), &QAction::triggered, this, [this] {
        if (m_connections)
            m_connections->refresh();
    });
    for (const ui::ActionId page :
         {ui::ActionId::PageOverview, ui::ActionId::PageJobs, ui::ActionId::PageScans,
          ui::ActionId::PageEngine, ui::ActionId::PageDiagnostics})
        connect(m_actions->action(page), &QAction::triggered, this, &Program::hideConnections);
    connect(m_actions->action(ui::ActionId::Palette), &QAction::triggered, this,
            &Program::showPalette);
    connect(m_actions->action(ui::ActionId::Settings), &QAction::triggered, this,
            &Program::showSettings);
    for (const ui::ActionInfo& info : ui::actionTable()) {
        if (info.menu == ui::MenuId::Job || info.menu == ui::MenuId::Scan ||
            info.menu == ui::MenuId::Engine || info.menu == ui::MenuId::Edit ||
            info.id == ui::ActionId::Alerts)
            m_actions->setEnabled(info.id, false, tr("Not connected."));
    }
}

void Program::showFirstRun()
{
    ui::FirstRunInfo info;
    const QString fromEnvironment = service::databaseAddress({});
    info.databaseUrl = service::maskedAddress(fromEnvironment);
    info.variable = service::addressVariable();
    const QString last = ui::settings::lastAddress().read();
    if (last != service::partsOf(fromEnvironment).address)
        info.lastAddress = last;
    info.languages = {u"English"_s};
    auto* page = new ui::FirstRunPage(info);
    connect(page, &ui::FirstRunPage::connectChosen, this, [this] { showConnect(); });
    connect(page, &ui::FirstRunPage::lastChosen, this, [this, last] { showConnect(last); });
    connect(page, &ui::FirstRunPage::appearanceChosen, this,
            [](ui::ThemeChoice choice) { ui::settings::appearance().write(int(choice)); });
    connect(page, &ui::FirstRunPage::sampleChosen, this, [this] {
        open({u"sqlite:"_s + service::demoDatabase(), true, false}, true);
    });
    connect(page, &ui::FirstRunPage::emptyChosen, this, [this] { open({{}, true, false}, false); });
    connect(page, &ui::FirstRunPage::surveyChosen, this, [this, fromEnvironment] {
        open({fromEnvironment, false, true}, false);
    });
    connect(page, &ui::FirstRunPage::timesChosen, this, [this](bool isLocal) {
        ui::setTimeZone(isLocal ? ui::TimeZone::Local : ui::TimeZone::Utc);
        m_actions->action(isLocal ? ui::ActionId::TimesLocal : ui::ActionId::TimesUtc)->trigger();
    });
    m_window->showBody(page);
}

void Program::showPalette()
{
    if (m_window->findChild<ui::PaletteDialog*>())
        return;
    ui::PaletteItems places = m_controller ? m_controller->viewItems() : ui::PaletteItems();
    for (const domain::Profile& profile : service::profilestore::read().profiles) {
        ui::PaletteItem item{ui::PaletteItem::Group::Connections, ui::Icon::Database,
                             ui::Color::Text, profile.rules.name};
        item.detail = u"%1, %2"_s.arg(ui::environmentWord(profile.rules.environment),
                                      ui::safetyWord(profile.rules.safety));
        item.run = [this, profile] { openSaved(profile, {}, false); };
        places += item;
    }
    auto* palette = new ui::PaletteDialog(*m_actions, places, m_window.get());
    if (m_controller)
        findJobsFor(*palette, m_controller->session(), [this](const domain::JobId& id) {
            if (m_controller)
                m_controller->showJob(id);
        });
    palette->open();
}

void Program::showConnections(const QString& trouble)
{
    if (!m_connections) {
        m_connections =
            new ui::ConnectionsPage(service::databaseAddress({}), service::addressVariable());
        connect(m_connections, &ui::ConnectionsPage::openWanted, this, &Program::openSaved);
        connect(m_connections, &ui::ConnectionsPage::leaveWanted, this, &Program::hideConnections);
        m_window->showBody(m_connections);
        m_connections->mainWidget()->setFocus(Qt::OtherFocusReason);
    }
    if (!trouble.isEmpty())
        m_connections->openEnded(trouble);
}

// Back to the database that is open; without one, the page stays.
void Program::hideConnections()
{
    if (m_connections && m_controller)
        m_window->showBody(nullptr);
}

void Program::openSaved(const domain::Profile& profile, const QString& password, bool isReadOnly)
{
    service::Session::Options options;
    options.address = service::addressOf(service::AddressParts{profile.address, password});
    options.readOnly = isReadOnly;
    options.keepPassword = !password.isEmpty();
    options.rules = profile.rules;
    m_profile = profile;
    open(options, false);
}

void Program::showConnect(const QString& address, bool wantsTables)
{
    if (m_connect)
        return;
    m_connect = new ui::ConnectDialog(m_window.get());
    m_connect->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_connect, &QObject::destroyed, this, [this] { m_connect = nullptr; });
    connect(m_connect, &ui::ConnectDialog::openWanted, this,
            [this](const QString& chosen, bool isReadOnly) {
                open({chosen, false, isReadOnly, true}, false);
            });
    m_connect->open();
    if (!address.isEmpty())
        m_connect->surveyAt(address, wantsTables);
    else
        m_connect->offer(ui::settings::lastAddress().read());
}

void Program::open(const service::Session::Options& wanted, bool isDemo)
{
    m_address = wanted.address;
    service::Session::Options options = wanted;
    if (wanted.rules.name.isEmpty()) {
        // However it is opened, a database that is saved is treated as its rules say.
        const domain::Profiles saved = service::profilestore::read().profiles;
        m_profile = isDemo || wanted.address.isEmpty()
                        ? domain::Profile()
                        : service::profilestore::profileOf(saved, wanted.address)
                              .value_or(domain::Profile());
        options.rules = m_profile.rules;
    }
    async::deliver(service::Session::open(options), this,
                   [this, isDemo](const base::Result<service::Opened>& database) {
                       if (database)
                           opened(std::make_shared<service::Session>(*database), isDemo);
                       else
                           openFailed(database.error());
                   });
}

void Program::opened(std::shared_ptr<service::Session> session, bool isDemo)
{
    if (!isDemo && !m_address.isEmpty())
        ui::settings::lastAddress().write(service::partsOf(m_address).address);
    if (m_connect)
        m_connect->close();
    if (m_connections)
        m_connections->openEnded();
    if (!m_ending) {
        show(session, isDemo);
        return;
    }
    // Later, since the code running now belongs to the window that is going away.
    m_ending->leave(session->info().name, [this, session, isDemo] {
        QMetaObject::invokeMethod(
            this,
            [this, session, isDemo] {
                // A new window in the same place.
                const QByteArray geometry = m_window->saveGeometry();
                newWindow();
                m_window->restoreGeometry(geometry);
                show(session, isDemo);
            },
            Qt::QueuedConnection);
    });
}

void Program::show(const std::shared_ptr<service::Session>& session, bool isDemo)
{
    if (!m_profile.id.isEmpty()) {
        service::profilestore::used(m_profile.id);
        const QString group = session->info().settingsGroup();
        const auto applied = ui::settings::formInterval(group);
        if (m_profile.interval > 0 && m_profile.interval != applied.read())
            ui::settings::interval(group, session->info().mode == domain::QueueMode::Own)
                .write(m_profile.interval);
        applied.write(m_profile.interval);
    }
    m_controller = std::make_unique<WindowController>(session, *m_window, *m_actions, isDemo);
    m_ending = std::make_unique<Ending>(session->engine(), *m_window, *m_actions);
    connect(m_controller.get(), &WindowController::tablesWanted, this,
            [this] { showConnect(m_address, true); });
    m_window->showBody(nullptr);
    m_window->showPage(!m_options.page.isEmpty()   ? m_options.page
                       : !m_profile.page.isEmpty() ? m_profile.page
                       : isDemo                    ? u"jobs"_s
                                                   : u"overview"_s);
    // Only where it leads to, and once: not to the next database that is opened.
    if (const domain::Link link = std::exchange(m_options.link, {});
        !link.isEmpty() && domain::findProfile(domain::Profiles{m_profile}, link.connection))
        m_controller->show(link);
    m_window->show();
    if (isDemo) {
        async::deliver(service::addSampleData(*session), m_controller.get(),
                       [this, session](const base::Result<int>& added) {
                           if (!added)
                               openFailed(added.error());
                           session->engine().start();
                       });
    }
}

void Program::openFailed(const base::Error& error)
{
    if (m_connect) {
        m_connect->showError(ui::errorLine(error));
        return;
    }
    const ui::ErrorText text = ui::errorText(error);
    if (m_connections || !m_profile.id.isEmpty()) {
        showConnections(ui::errorLine(error));
        return;
    }
    if (!m_controller)
        showFirstRun();
    // Reached, but it has no table Job: the user can choose from what exists instead.
    if (error.kind == base::ErrorKind::NotFound && !m_address.isEmpty()) {
        showConnect(m_address);
        return;
    }
    say(text.title + u"\n\n"_s + text.sentence);
}

// One plain text: the informative part of a message box would render what others wrote as HTML.
void Program::say(const QString& sentence)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, u"Queuedeck"_s, sentence, QMessageBox::Close,
                                m_window.get());
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void Program::showSettings()
{
    if (m_window->findChild<ui::SettingsDialog*>())
        return;
    service::Session* session = m_controller ? &m_controller->session() : nullptr;
    (new ui::SettingsDialog(windowSettings(*m_actions, *m_window, session), m_window.get()))
        ->open();
}

void Program::end()
{
    if (m_ending)
        m_ending->begin();
    else if (m_window)
        m_window->close();
}

} // namespace queuedeck::app
