// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/picturesdialog.h"

#include "core/async/deliver.h"
#include "core/service/engineservice.h"
#include "core/service/session.h"
#include "ui/engine/keydialog.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Reader = service::PictureChoices::Reader;

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
    , m_session(session)
    , m_before(choices)
    , m_reader(new QComboBox(this))
    , m_claude(new Label({}, TextRole::Small, Color::Muted))
    , m_key(makeButton(tr("Key…"), this))
    , m_fetch(new QCheckBox(tr("Fetch pictures from the web"), this))
    , m_hosts(new QLineEdit(choices.hosts.join(u", "_s), this))
    , m_said(new Strip(this))
    , m_go(makeButton(tr("Use These Choices"), this, ButtonRole::Primary))
{
    m_reader->setObjectName(u"reader"_s);
    m_reader->setAccessibleName(tr("Reads with"));
    m_reader->addItems({tr("This computer"), tr("Claude")});
    m_reader->setCurrentIndex(choices.reader == Reader::Claude ? 1 : 0);
    m_claude->setObjectName(u"claude"_s);
    m_claude->setWordWrap(true);
    m_key->setObjectName(u"key"_s);
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
    auto* readsWith = new Label(tr("Reads with"));
    readsWith->setBuddy(m_reader);
    auto* readerRow = new QHBoxLayout;
    readerRow->setSpacing(px(space::kM));
    readerRow->addWidget(readsWith);
    readerRow->addWidget(m_reader);
    readerRow->addWidget(m_key);
    readerRow->addStretch(1);
    content()->addLayout(readerRow);
    content()->addWidget(m_claude);
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
    resize(px(560), px(400));

    connect(m_reader, &QComboBox::currentIndexChanged, this, &PicturesDialog::refresh);
    connect(m_key, &QPushButton::clicked, this, &PicturesDialog::openKeyDialog);
    connect(m_fetch, &QCheckBox::toggled, this, &PicturesDialog::refresh);
    connect(m_hosts, &QLineEdit::textChanged, this, [this] { m_said->hide(); });
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &PicturesDialog::choose);
    refresh();
    readClaude();
}

void PicturesDialog::readClaude()
{
    m_claude->setText(tr("Looking for the key…"));
    async::deliver(m_session.engine().claude(), this,
                   [this](const base::Result<service::ClaudeInfo>& info) { showClaude(info); });
}

void PicturesDialog::showClaude(const base::Result<service::ClaudeInfo>& info)
{
    m_claude->setText(info ? claudeText(*info) : errorLine(info.error()));
}

void PicturesDialog::openKeyDialog()
{
    auto* dialog = new KeyDialog(m_session.keys(), {service::KeyPurpose::Kind::ClaudeKey}, this);
    connect(dialog, &KeyDialog::changed, this, &PicturesDialog::readClaude);
    dialog->open();
}

void PicturesDialog::refresh()
{
    const bool isClaude = m_reader->currentIndex() == 1;
    m_claude->setVisible(isClaude);
    m_key->setVisible(isClaude);
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
    choices.reader = m_reader->currentIndex() == 1 ? Reader::Claude : Reader::ThisComputer;
    choices.fetch = m_fetch->isChecked();
    choices.hosts = *hosts;
    Q_EMIT chosen(choices);
    accept();
}

QString picturesText(const service::PictureChoices& choices, bool isFetching)
{
    const QString reader = choices.reader == Reader::Claude
                               ? PicturesDialog::tr("Reads with: Claude.")
                               : PicturesDialog::tr("Reads with: This computer.");
    const QString which =
        !isFetching ? PicturesDialog::tr("Jobs whose pictures are on the web stay pending.")
        : choices.hosts.isEmpty()
            ? PicturesDialog::tr("Pictures on the web are fetched.")
            : PicturesDialog::tr("Pictures on the web are fetched, also from %1.")
                  .arg(choices.hosts.join(u", "_s));
    return reader + u' ' + which;
}

QString claudeText(const service::ClaudeInfo& info)
{
    if (!info.hasKey)
        return PicturesDialog::tr("No key for Claude: %1 Until there is one, this computer reads.")
            .arg(showControls(info.key));
    const QString text =
        PicturesDialog::tr("Key: %1 Pictures are sent to %2, scaled and without metadata. %3: %4 "
                           "of %5 tokens today.")
            .arg(showControls(info.key), showControls(info.address), showControls(info.model),
                 formatCount(info.tokensToday), formatCount(info.tokensPerDay));
    return info.trouble.isEmpty() ? text : text + u' ' + showControls(info.trouble.translated());
}

} // namespace queuedeck::ui
