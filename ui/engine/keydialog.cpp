// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/keydialog.h"

#include "core/async/deliver.h"
#include "core/domain/uploadplace.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using service::KeyInfo;
using service::KeyPurpose;

namespace {
QString whatForPictures(const QString& place)
{
    using Kind = domain::UploadPlace::Kind;
    const auto parsed = domain::UploadPlace::parse(place);
    const QString host = parsed ? parsed->address.host() : QString();
    switch (parsed ? parsed->kind : Kind::Table) {
    case Kind::Bucket:
        return KeyDialog::tr("The key of the bucket %1 on %2, as ACCESSKEYID:SECRET.")
            .arg(parsed->bucket, host);
    case Kind::Supabase:
        return KeyDialog::tr("The service key of the Supabase project at %1. It may do anything "
                             "there.")
            .arg(host);
    default:
        return KeyDialog::tr("The Cookie header of a browser that is signed in to %1, as "
                             "NAME=VALUE. It ends with the session.")
            .arg(host);
    }
}

QString whatFor(const KeyPurpose& purpose)
{
    if (purpose.kind == KeyPurpose::Kind::OwnKey)
        return KeyDialog::tr("The key that queuedeckctl serve asks its callers for. Give them the "
                             "same one.");
    if (purpose.kind == KeyPurpose::Kind::ClaudeKey)
        return KeyDialog::tr("The key for reading pictures with Claude. The built-in reader works "
                             "offline and needs none.");
    if (purpose.kind == KeyPurpose::Kind::PicturesKey)
        return whatForPictures(purpose.of);
    if (purpose.kind == KeyPurpose::Kind::WebhookKey)
        return KeyDialog::tr("The key that messages to the webhook are signed with. Their receiver "
                             "has the same one.");
    return KeyDialog::tr("The key of %1. It is sent to this address only; the application there "
                         "has it as JOB_PROCESSOR_API_KEY.")
        .arg(showControls(purpose.of));
}
} // namespace

KeyDialog::KeyDialog(service::KeyService& keys, const KeyPurpose& purpose, QWidget* parent)
    : Dialog(u"keyDialog"_s, tr("Key"), parent)
    , m_keys(keys)
    , m_purpose(purpose)
    , m_state(new Label({}, TextRole::Body, Color::Muted))
    , m_key(new QLineEdit(this))
    , m_eye(makeIconButton(Icon::Eye, tr("Show the key"), this))
    , m_generate(makeButton(tr("Generate"), this))
    , m_copy(makeButton(Icon::Copy, tr("Copy"), this))
    , m_said(new Strip(this))
    , m_forget(makeButton(tr("Forget the Key"), this, ButtonRole::Quiet))
    , m_go(makeButton(tr("Store Key"), this, ButtonRole::Primary))
{
    m_key->setObjectName(u"key"_s);
    m_state->setObjectName(u"state"_s);
    m_generate->setObjectName(u"generate"_s);
    m_copy->setObjectName(u"copy"_s);
    m_said->setObjectName(u"said"_s);
    m_forget->setObjectName(u"forget"_s);
    m_go->setObjectName(u"go"_s);
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setAccessibleName(tr("Key"));
    m_key->setPlaceholderText(tr("Paste a key, or generate one"));
    m_key->setMaxLength(4096);
    m_eye->setCheckable(true);
    setTip(m_generate, tr("32 random bytes, as 64 hexadecimal digits"));

    auto* purposeLabel = new Label(whatFor(purpose));
    purposeLabel->setWordWrap(true);
    m_state->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(px(space::kS));
    row->addWidget(m_key, 1);
    row->addWidget(m_eye);
    row->addWidget(m_generate);
    row->addWidget(m_copy);
    content()->addWidget(purposeLabel);
    content()->addWidget(m_state);
    content()->addLayout(row);
    content()->addWidget(m_said);
    content()->addStretch(1);
    QPushButton* const keep = makeButton(tr("Keep as It Is"), this);
    addToFootLeft(m_forget);
    addToFoot(keep);
    addToFoot(m_go);
    const bool isOurs =
        purpose.kind == KeyPurpose::Kind::OwnKey || purpose.kind == KeyPurpose::Kind::ProcessorKey;
    m_generate->setVisible(isOurs); // others are issued by their providers
    m_copy->setVisible(isOurs);
    if (!isOurs)
        m_key->setPlaceholderText(tr("Paste it here"));
    resize(px(600), px(240));

    connect(m_eye, &QToolButton::toggled, this, [this](bool isShown) {
        m_key->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(m_generate, &QPushButton::clicked, this, &KeyDialog::generate);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_key->text());
        m_said->say(
            Strip::Kind::Warning,
            tr("Copied. Any program can read the clipboard until something else is copied."));
        Q_EMIT copied(tr("the key"));
    });
    connect(m_key, &QLineEdit::textChanged, this, &KeyDialog::refresh);
    connect(m_key, &QLineEdit::returnPressed, this, &KeyDialog::store);
    connect(m_forget, &QPushButton::clicked, this, &KeyDialog::forget);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &KeyDialog::store);
    m_key->setFocus();
    look();
}

void KeyDialog::look()
{
    m_state->setText(tr("Looking in the keychain…"));
    setBusy(true);
    async::deliver(m_keys.look(m_purpose), this, [this](const base::Result<KeyInfo>& info) {
        setBusy(false);
        showInfo(info);
    });
}

void KeyDialog::showInfo(const base::Result<KeyInfo>& info)
{
    m_forget->setVisible(info && (info->source == KeyInfo::Source::Keychain ||
                                  info->source == KeyInfo::Source::ThisRunOnly));
    if (!info) {
        m_state->clear();
        m_said->say(Strip::Kind::Error, errorLine(info.error()));
        return;
    }
    m_state->setText(showControls(info->sentence.translated()));
    if (info->source == KeyInfo::Source::Environment)
        m_said->say(Strip::Kind::Info,
                    tr("%1 comes first as long as it is set.").arg(info->variable));
}

void KeyDialog::generate()
{
    m_key->setText(service::KeyService::generate());
    m_said->say(Strip::Kind::Info, tr("A new key, not stored yet. Copy it for the other side: once "
                                      "stored it is not shown again."));
}

void KeyDialog::store()
{
    if (m_isBusy || m_key->text().isEmpty())
        return;
    setBusy(true);
    async::deliver(m_keys.store(m_purpose, m_key->text()), this,
                   [this](const base::Result<KeyInfo>& info) {
                       setBusy(false);
                       showInfo(info);
                       if (!info)
                           return;
                       m_key->clear();
                       Q_EMIT changed(*info);
                       accept();
                   });
}

void KeyDialog::forget()
{
    setBusy(true);
    async::deliver(m_keys.forget(m_purpose), this, [this](const base::Result<KeyInfo>& info) {
        setBusy(false);
        showInfo(info);
        if (info)
            Q_EMIT changed(*info);
    });
}

void KeyDialog::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    m_forget->setEnabled(!isBusy);
    refresh();
}

void KeyDialog::refresh()
{
    const bool isAny = !m_key->text().trimmed().isEmpty();
    m_go->setEnabled(isAny && !m_isBusy);
    m_copy->setEnabled(isAny);
}

} // namespace queuedeck::ui
