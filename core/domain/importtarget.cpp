// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/importtarget.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
using Kind = ImportKind;

// Names by which exports of other programs call the same thing, in the languages they come in. They
// are compared without case, accents, blanks and punctuation.
const QVector<ImportField>& customerFields()
{
    static const QVector<ImportField> kFields{
        {u"externalId"_s,
         Kind::Text,
         false,
         {u"customer number"_s, u"customer no"_s, u"customer id"_s, u"customer code"_s,
          u"account number"_s, u"account"_s, u"id"_s, u"number"_s, u"Kundennummer"_s, u"Kundennr"_s,
          u"Kunden-Nr"_s, u"numéro client"_s, u"código de cliente"_s}},
        {u"name"_s,
         Kind::Text,
         true,
         {u"company"_s, u"company name"_s, u"customer"_s, u"customer name"_s, u"account name"_s,
          u"Firma"_s, u"Kunde"_s, u"Name der Firma"_s, u"société"_s, u"raison sociale"_s,
          u"empresa"_s, u"nombre"_s, u"nom"_s}},
        {u"email"_s,
         Kind::Email,
         false,
         {u"e-mail"_s, u"email address"_s, u"mail"_s, u"correo"_s, u"courriel"_s}},
        {u"phone"_s,
         Kind::Text,
         false,
         {u"telephone"_s, u"phone number"_s, u"tel"_s, u"Telefon"_s, u"téléphone"_s,
          u"teléfono"_s}},
        {u"street1"_s,
         Kind::Text,
         false,
         {u"street"_s, u"address"_s, u"address line 1"_s, u"address 1"_s, u"Straße"_s, u"Strasse"_s,
          u"adresse"_s, u"dirección"_s, u"rue"_s, u"calle"_s}},
        {u"street2"_s,
         Kind::Text,
         false,
         {u"address line 2"_s, u"address 2"_s, u"Adresszusatz"_s, u"suite"_s}},
        {u"city"_s, Kind::Text, false, {u"town"_s, u"Ort"_s, u"Stadt"_s, u"ville"_s, u"ciudad"_s}},
        {u"state"_s, Kind::Text, false, {u"province"_s, u"region"_s, u"Bundesland"_s}},
        {u"postalCode"_s,
         Kind::Text,
         false,
         {u"zip"_s, u"zip code"_s, u"postcode"_s, u"PLZ"_s, u"Postleitzahl"_s, u"code postal"_s,
          u"código postal"_s}},
        {u"country"_s, Kind::Text, false, {u"Land"_s, u"pays"_s, u"país"_s}},
        {u"paymentTerms"_s,
         Kind::Text,
         false,
         {u"terms"_s, u"Zahlungsziel"_s, u"Zahlungsbedingungen"_s}},
    };
    return kFields;
}

const QVector<ImportField>& productFields()
{
    static const QVector<ImportField> kFields{
        {u"code"_s,
         Kind::Text,
         true,
         {u"sku"_s, u"sku code"_s, u"item code"_s, u"item number"_s, u"product code"_s,
          u"article number"_s, u"Artikelnummer"_s, u"Artikelnr"_s, u"Art-Nr"_s, u"référence"_s,
          u"código"_s}},
        {u"name"_s,
         Kind::Text,
         true,
         {u"product"_s, u"product name"_s, u"item"_s, u"item name"_s, u"Artikel"_s,
          u"Bezeichnung"_s, u"Produkt"_s, u"produit"_s, u"producto"_s, u"nombre"_s, u"nom"_s}},
        {u"brand"_s,
         Kind::Text,
         false,
         {u"producer"_s, u"supplier"_s, u"Marke"_s, u"Hersteller"_s, u"marque"_s, u"marca"_s}},
        {u"category"_s,
         Kind::Text,
         false,
         {u"type"_s, u"group"_s, u"Kategorie"_s, u"Warengruppe"_s, u"catégorie"_s, u"categoría"_s}},
        {u"description"_s, Kind::Text, false, {u"text"_s, u"Beschreibung"_s, u"descripción"_s}},
        {u"size"_s,
         Kind::Text,
         false,
         {u"bottle size"_s, u"volume"_s, u"Größe"_s, u"Inhalt"_s, u"format"_s}},
        {u"abv"_s,
         Kind::Number,
         false,
         {u"alcohol"_s, u"alc"_s, u"alcohol by volume"_s, u"Alkohol"_s, u"Vol %"_s}},
    };
    return kFields;
}

const QVector<ImportField>& scanFields()
{
    static const QVector<ImportField> kFields{
        {u"imageUrl"_s,
         Kind::WebAddress,
         true,
         {u"image"_s, u"url"_s, u"picture"_s, u"image address"_s, u"link"_s, u"Bild"_s}},
        {u"scanType"_s, Kind::ScanKind, false, {u"type"_s, u"kind"_s, u"scan type"_s, u"Art"_s}},
        {u"userId"_s, Kind::Text, false, {u"user"_s, u"Benutzer"_s}},
    };
    return kFields;
}

// The columns of the application's own file.
const QVector<ImportField>& salesFields()
{
    static const QVector<ImportField> kFields{
        {u"invoiceNumber"_s,
         Kind::Text,
         true,
         {u"Invoice number"_s, u"Invoice no"_s, u"Invoice"_s}},
        {u"sku"_s, Kind::Text, true, {u"SKU"_s, u"Item code"_s}},
        {u"invoiceDate"_s, Kind::Date, true, {u"Invoice date"_s}},
        {u"postedDate"_s, Kind::Date, false, {u"Posted date"_s}},
        {u"dueDate"_s, Kind::Date, false, {u"Due date"_s}},
        {u"status"_s, Kind::Text, false, {u"Status"_s}},
        {u"poNumber"_s, Kind::Text, false, {u"Purchase order number"_s, u"PO number"_s, u"PO"_s}},
        {u"deliveryStart"_s, Kind::Time, false, {u"Delivery start time"_s}},
        {u"deliveryEnd"_s, Kind::Time, false, {u"Delivery end time"_s}},
        {u"specialInstructions"_s,
         Kind::Text,
         false,
         {u"Special instructions"_s, u"Special instrcutions"_s}},
        {u"customer"_s, Kind::Text, true, {u"Customer"_s, u"Customer name"_s}},
        {u"salesperson"_s, Kind::Text, false, {u"Salesperson"_s, u"Sales person"_s}},
        {u"street1"_s, Kind::Text, false, {u"Shipping address line 1"_s}},
        {u"street2"_s, Kind::Text, false, {u"Shipping address line 2"_s, u"line 2"_s}},
        {u"city"_s, Kind::Text, false, {u"Shipping address city"_s, u"city"_s}},
        {u"state"_s,
         Kind::Text,
         false,
         {u"Shipping address province"_s, u"province"_s, u"state"_s}},
        {u"postalCode"_s,
         Kind::Text,
         false,
         {u"Shipping address postal code"_s, u"postal code"_s, u"zip"_s}},
        {u"country"_s, Kind::Text, false, {u"Shipping address country"_s, u"country"_s}},
        {u"item"_s, Kind::Text, false, {u"Item"_s}},
        {u"supplier"_s, Kind::Text, false, {u"Supplier"_s}},
        {u"quantity"_s, Kind::Number, true, {u"Qty."_s, u"Quantity"_s}},
        {u"cases"_s, Kind::Number, false, {u"Cases"_s}},
        {u"liters"_s, Kind::Number, false, {u"Liters"_s, u"Litres"_s}},
        {u"unitPrice"_s, Kind::Number, true, {u"Unit price"_s}},
        {u"netPrice"_s, Kind::Number, false, {u"Net price"_s}},
    };
    return kFields;
}

QString plain(const QString& text)
{
    QString letters;
    for (const QChar c : text.toLower()) {
        if (c.isLetter())
            letters += c;
    }
    return letters;
}
} // namespace

QString importTargetText(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Customers: return u"customers"_s;
    case ImportTarget::Products: return u"products"_s;
    case ImportTarget::Scans: return u"scans"_s;
    case ImportTarget::SalesReport: return u"sales_report"_s;
    }
    return {};
}

std::optional<ImportTarget> importTargetFromText(const QString& text)
{
    static const QHash<QString, ImportTarget> kTargets{
        {u"customers"_s, ImportTarget::Customers},
        {u"customer"_s, ImportTarget::Customers},
        {u"products"_s, ImportTarget::Products},
        {u"product"_s, ImportTarget::Products},
        {u"skus"_s, ImportTarget::Products},
        {u"sku"_s, ImportTarget::Products},
        {u"scans"_s, ImportTarget::Scans},
        {u"scan"_s, ImportTarget::Scans},
        {u"scanstoenqueue"_s, ImportTarget::Scans},
        {u"sales"_s, ImportTarget::SalesReport},
        {u"salesreport"_s, ImportTarget::SalesReport},
        {u"orders"_s, ImportTarget::SalesReport},
        {u"order"_s, ImportTarget::SalesReport},
        {u"orderlines"_s, ImportTarget::SalesReport},
        {u"orderline"_s, ImportTarget::SalesReport},
    };
    const auto found = kTargets.constFind(plain(text));
    return found == kTargets.constEnd() ? std::nullopt : std::optional(*found);
}

const QVector<ImportTarget>& importTargets()
{
    static const QVector<ImportTarget> kAll{ImportTarget::Customers, ImportTarget::Products,
                                            ImportTarget::Scans, ImportTarget::SalesReport};
    return kAll;
}

const QVector<ImportField>& importFields(ImportTarget target)
{
    switch (target) {
    case ImportTarget::Customers: return customerFields();
    case ImportTarget::Products: return productFields();
    case ImportTarget::Scans: return scanFields();
    case ImportTarget::SalesReport: break;
    }
    return salesFields();
}

int importFieldIndex(ImportTarget target, const QString& name)
{
    const QVector<ImportField>& fields = importFields(target);
    for (int i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name)
            return i;
    }
    return -1;
}

} // namespace queuedeck::domain
