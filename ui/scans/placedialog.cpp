// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/placedialog.h"

#include "core/async/deliver.h"
#include "core/service/keyservice.h"
#include "core/service/scanservice.h"
#include "core/service/session.h"
#include "ui/engine/keydialog.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::UploadPlace;
using Kind = UploadPlace::Kind;

namespace {
QString explanationOf(Kind kind)
{
    switch (kind) {
    case Kind::Table:
        return PlaceDialog::tr("In the database. Only Queuedeck can read them there.");
    case Kind::Folder:
        return PlaceDialog::tr(
            "On this computer, served by “queuedeckctl serve --pictures” or a web "
            "server. Names cannot be guessed, and there is no list.");
    case Kind::Bucket:
        return PlaceDialog::tr("Anyone who knows a picture's name must be able to fetch it. Region "
                               "and public address may be left empty.");
    case Kind::Supabase:
        return PlaceDialog::tr("The bucket must be public, as the web application's is.");
    case Kind::Application: break;
    }
    return PlaceDialog::tr("The application stores the picture and adds the scan and its job "
                           "itself. It needs the cookie of a browser that is signed in.");
}
} // namespace

PlaceDialog::PlaceDialog(service::Session& session, const UploadPlace& place, QWidget* parent)
    : Dialog(u"placeDialog"_s, tr("Where Pictures Go"), parent)
    , m_session(session)
    , m_kind(new QComboBox(this))
    , m_form(new QFormLayout)
    , m_explanation(new Label({}, TextRole::Small, Color::Muted))
    , m_keyState(new Label({}, TextRole::Small, Color::Muted))
    , m_key(makeButton(tr("Key…"), this))
    , m_said(new Strip(this))
    , m_go(makeButton(tr("Put Them There"), this, ButtonRole::Primary))
{
    m_kind->setObjectName(u"kind"_s);
    m_key->setObjectName(u"key"_s);
    m_keyState->setObjectName(u"keyState"_s);
    m_said->setObjectName(u"said"_s);
    m_go->setObjectName(u"go"_s);
    m_kind->addItem(tr("Queuedeck's own table"), int(Kind::Table));
    m_kind->addItem(tr("A folder that is served"), int(Kind::Folder));
    m_kind->addItem(tr("A bucket (S3)"), int(Kind::Bucket));
    m_kind->addItem(tr("Supabase storage"), int(Kind::Supabase));
    m_kind->addItem(tr("The application's upload route"), int(Kind::Application));
    content()->addWidget(new Label(tr("Where are uploaded pictures put?"), TextRole::Title));
    auto* why = new Label(tr("Every processor of this database must be able to fetch them."));
    why->setWordWrap(true);
    content()->addWidget(why);
    m_form->setHorizontalSpacing(px(space::kM));
    m_form->setVerticalSpacing(px(space::kS));
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    auto* kindName = new Label(tr("Place"));
    kindName->setBuddy(m_kind);
    m_form->addRow(kindName, m_kind);
    addField(Field::Folder, tr("Folder"), u"folder"_s, u"/srv/cards"_s);
    addField(Field::Address, tr("Address"), u"address"_s, u"https://"_s);
    addField(Field::Bucket, tr("Bucket"), u"bucket"_s, u"cards"_s);
    addField(Field::Region, tr("Region"), u"region"_s, u"us-east-1"_s);
    addField(Field::Style, tr("Style"), u"style"_s, tr("path or host"));
    addField(Field::Public, tr("Public address"), u"public"_s, u"https://"_s);
    addField(Field::CardRoute, tr("Route for cards"), u"cardRoute"_s, u"/api/scan/business-card"_s);
    addField(Field::LicenseRoute, tr("Route for licenses"), u"licenseRoute"_s,
             u"/api/scan/license"_s);
    content()->addLayout(m_form);
    m_explanation->setWordWrap(true);
    content()->addWidget(m_explanation);
    auto* keyRow = new QHBoxLayout;
    keyRow->setSpacing(px(space::kM));
    m_keyState->setWordWrap(true);
    keyRow->addWidget(m_key);
    keyRow->addWidget(m_keyState, 1);
    content()->addLayout(keyRow);
    content()->addWidget(m_said);
    content()->addStretch(1);
    QPushButton* const keep = makeButton(tr("Keep as It Is"), this);
    setNote(tr("Remembered for this database. Keys are not."));
    addToFoot(keep);
    addToFoot(m_go);
    resize(px(600), px(430));

    connect(m_kind, &QComboBox::currentIndexChanged, this, &PlaceDialog::refresh);
    connect(m_key, &QPushButton::clicked, this, &PlaceDialog::askForKey);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &PlaceDialog::choose);
    fill(place);
    refresh();
}

void PlaceDialog::addField(Field field, const QString& name, const QString& objectName,
                           const QString& placeholder)
{
    auto* edit = new QLineEdit(this);
    edit->setObjectName(objectName);
    edit->setAccessibleName(name);
    edit->setPlaceholderText(placeholder);
    edit->setMaxLength(500);
    auto* label = new Label(name);
    label->setBuddy(edit);
    m_form->addRow(label, edit);
    m_fields[field] = edit;
    connect(edit, &QLineEdit::textChanged, m_said, &QWidget::hide);
    connect(edit, &QLineEdit::editingFinished, this, &PlaceDialog::lookForKey);
}

void PlaceDialog::fill(const UploadPlace& place)
{
    m_kind->setCurrentIndex(m_kind->findData(int(place.kind)));
    const bool isApplication = place.kind == Kind::Application;
    const QUrl address = isApplication ? place.address.adjusted(QUrl::RemovePath) : place.address;
    m_fields[Field::Folder]->setText(place.folder);
    m_fields[Field::Address]->setText(address.toString());
    m_fields[Field::Bucket]->setText(place.prefix.isEmpty() ? place.bucket
                                                            : place.bucket + u'/' + place.prefix);
    m_fields[Field::Region]->setText(place.region);
    if (place.kind == Kind::Bucket)
        m_fields[Field::Style]->setText(place.isPathStyle ? u"path"_s : u"host"_s);
    m_fields[Field::Public]->setText(place.publicAddress.toString());
    m_fields[Field::CardRoute]->setText(isApplication ? place.address.path() : QString());
    m_fields[Field::LicenseRoute]->setText(place.licenseRoute);
}

QString PlaceDialog::text(Field field) const
{
    return m_fields[field]->text().trimmed();
}

Kind PlaceDialog::kind() const
{
    return Kind(m_kind->currentData().toInt());
}

base::Result<UploadPlace> PlaceDialog::place() const
{
    QString address = text(Field::Address);
    while (address.endsWith(u'/'))
        address.chop(1);
    QUrlQuery query;
    const auto option = [&](const QString& name, Field field) {
        if (!text(field).isEmpty())
            query.addQueryItem(name, text(field));
    };
    const auto spelled = [&query](const QString& start) {
        return UploadPlace::parse(query.isEmpty() ? start : start + u'?' + query.toString());
    };
    switch (kind()) {
    case Kind::Table: break;
    case Kind::Folder:
        return UploadPlace::parse(
            u"folder:%1?public=%2"_s.arg(text(Field::Folder), text(Field::Public)));
    case Kind::Bucket:
        option(u"region"_s, Field::Region);
        option(u"style"_s, Field::Style);
        option(u"public"_s, Field::Public);
        return spelled(u"s3:%1/%2"_s.arg(address, text(Field::Bucket)));
    case Kind::Supabase:
        return UploadPlace::parse(u"supabase:%1/%2"_s.arg(address, text(Field::Bucket)));
    case Kind::Application:
        option(u"licenses"_s, Field::LicenseRoute);
        return spelled(u"app:%1%2"_s.arg(address, text(Field::CardRoute)));
    }
    return UploadPlace();
}

void PlaceDialog::refresh()
{
    const Kind now = kind();
    const auto show = [this](Field field, bool isShown) {
        m_fields[field]->setVisible(isShown);
        m_form->labelForField(m_fields[field])->setVisible(isShown);
    };
    const bool isWeb = now != Kind::Table && now != Kind::Folder;
    show(Field::Folder, now == Kind::Folder);
    show(Field::Address, isWeb);
    show(Field::Bucket, now == Kind::Bucket || now == Kind::Supabase);
    show(Field::Region, now == Kind::Bucket);
    show(Field::Style, now == Kind::Bucket);
    show(Field::Public, now == Kind::Folder || now == Kind::Bucket);
    show(Field::CardRoute, now == Kind::Application);
    show(Field::LicenseRoute, now == Kind::Application);
    m_explanation->setText(explanationOf(now));
    m_key->setText(now == Kind::Application ? tr("Cookie…") : tr("Key…"));
    m_key->setVisible(isWeb);
    m_keyState->setVisible(isWeb);
    m_said->hide();
    lookForKey();
}

void PlaceDialog::lookForKey()
{
    const int question = ++m_question;
    m_keyState->clear();
    const auto entered = place();
    if (!entered || !entered->needsKey())
        return;
    async::deliver(m_session.keys().look({service::KeyPurpose::Kind::PicturesKey, entered->text()}),
                   this, [this, question](const base::Result<service::KeyInfo>& info) {
                       if (question == m_question)
                           m_keyState->setText(info ? showControls(info->sentence.translated())
                                                    : errorLine(info.error()));
                   });
}

void PlaceDialog::refuse(const base::Error& error)
{
    m_said->say(Strip::Kind::Error, errorLine(error));
}

void PlaceDialog::askForKey()
{
    const auto entered = place();
    if (!entered)
        return refuse(entered.error());
    auto* dialog = new KeyDialog(m_session.keys(),
                                 {service::KeyPurpose::Kind::PicturesKey, entered->text()}, this);
    connect(dialog, &KeyDialog::changed, this, &PlaceDialog::lookForKey);
    dialog->open();
}

void PlaceDialog::choose()
{
    const auto entered = place();
    if (!entered)
        return refuse(entered.error());
    if (const base::Status may = m_session.scans().mayUploadTo(*entered); !may)
        return refuse(may.error());
    Q_EMIT chosen(*entered);
    accept();
}

QString placeText(const UploadPlace& place)
{
    switch (place.kind) {
    case Kind::Table: return PlaceDialog::tr("Queuedeck's own table");
    case Kind::Folder: return PlaceDialog::tr("the folder %1").arg(showControls(place.folder));
    case Kind::Bucket:
    case Kind::Supabase:
        return PlaceDialog::tr("the bucket %1 on %2").arg(place.bucket, place.address.host());
    case Kind::Application: break;
    }
    return PlaceDialog::tr("the application %1").arg(place.address.host());
}

} // namespace queuedeck::ui
