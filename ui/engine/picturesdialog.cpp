// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picturesdialog.h"

#include "core/service/engineservice.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
Label* explanation(const QString& text)
{
    auto* label = new Label(text, TextRole::Small, Color::Muted);
    label->setWordWrap(true);
    return label;
}
} // namespace

PicturesDialog::PicturesDialog(service::Session& session, const service::PictureChoices& choices,
                               QWidget* parent)
    : Dialog(u"picturesDialog"_s, tr("Pictures"), parent)
    , m_before(choices)
    , m_fetch(new QCheckBox(tr("Fetch pictures from the web"), this))
    , m_hosts(new QLineEdit(choices.hosts.join(u", "_s), this))
    , m_said(new Strip(this))
    , m_go(makeButton(tr("Use These Choices"), this, ButtonRole::Primary))
{
    m_fetch->setObjectName(u"fetch"_s);
    m_fetch->setChecked(session.engine().fetchesPictures());
    m_hosts->setObjectName(u"hosts"_s);
    m_hosts->setAccessibleName(tr("Private hosts that are allowed"));
    m_hosts->setPlaceholderText(tr("none, or HOST or HOST:PORT, separated by commas"));
    m_said->setObjectName(u"said"_s);
    m_go->setObjectName(u"go"_s);

    const bool isShared = session.info().mode != domain::QueueMode::Own;
    content()->addWidget(
        new Label(tr("How are the pictures of jobs read on this computer?"), TextRole::Title));
    content()->addWidget(m_fetch);
    content()->addWidget(explanation(
        isShared
            ? tr("Over https, from public addresses only, without cookies or keys. Another "
                 "processor may be meant to read them; unless this is checked, jobs whose "
                 "pictures are on the web are left to it.")
            : tr("Over https, from public addresses only, without cookies or keys. Unless this "
                 "is checked, jobs whose pictures are on the web stay pending.")));
    auto* name = new Label(tr("Private hosts that are allowed"));
    name->setBuddy(m_hosts);
    content()->addWidget(name);
    content()->addWidget(m_hosts);
    content()->addWidget(explanation(
        tr("Pictures may be fetched from them even if their addresses are private or use plain "
           "http. Every job can make this computer send requests to them.")));
    content()->addWidget(m_said);
    content()->addStretch(1);
    QPushButton* const keep = makeButton(tr("Keep as It Is"), this);
    setNote(tr("From the next start or round on."));
    addToFoot(keep);
    addToFoot(m_go);
    resize(px(560), px(320));

    connect(m_fetch, &QCheckBox::toggled, this, &PicturesDialog::refresh);
    connect(m_hosts, &QLineEdit::textChanged, this, [this] { m_said->hide(); });
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &PicturesDialog::choose);
    refresh();
}

void PicturesDialog::refresh()
{
    m_hosts->setEnabled(m_fetch->isChecked());
}

void PicturesDialog::choose()
{
    const auto hosts = service::pictureHosts(m_hosts->text());
    if (!hosts) {
        m_said->say(Strip::Kind::Error, errorLine(hosts.error()));
        m_hosts->setFocus();
        return;
    }
    service::PictureChoices choices = m_before;
    choices.fetch = m_fetch->isChecked();
    choices.hosts = *hosts;
    Q_EMIT chosen(choices);
    accept();
}

QString picturesText(const service::PictureChoices& choices, bool isFetching)
{
    if (!isFetching)
        return PicturesDialog::tr(
            "Those in the database are read. Jobs whose pictures are on the web stay pending.");
    return choices.hosts.isEmpty()
               ? PicturesDialog::tr("Those on the web are fetched and read, too.")
               : PicturesDialog::tr("Those on the web are fetched and read, too, also from %1.")
                     .arg(choices.hosts.join(u", "_s));
}

} // namespace queuedeck::ui
